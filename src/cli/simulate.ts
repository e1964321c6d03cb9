import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { printable } from '#/audit/printable.ts'
import { textOfFile } from '#/core/text-of-file.ts'
import {
  type ChangeLine,
  describeChange,
  longestDays,
  type SimulationResult,
  type SimulationView,
  usualDays,
} from '#/snapshot/simulate/api.ts'
import { askedBy, type CallHandler, withSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, UsageError, type World } from './command.ts'

/** What the control socket takes, with room for what JSON adds. */
const maxFileBytes = 6 * 1024 * 1024

export const simulate: Command = {
  usage: 'FILE.yaml | --waiting [KIND/ID...] [--days N]',
  about:
    'Tells what would change if the records of a file, or those that wait for an approval, served: every exchange of the last days is decided again, by what serves now and by the draft, out of what the log says of it. No text is opened, and nothing is changed. That it was done, and by whom, is written to the log first.',
  options: {
    waiting: { about: 'try the records that wait: all of them, or those named as KIND/ID' },
    days: { value: 'N', about: `how many days back: 1 to ${longestDays}, ${usualDays} when left out` },
  },
  words: [0, 100],
  run: async (asked) => {
    const question = { draft: readDraft(asked), days: readDays(asked) }
    const view = await withSallyport(asked.world, (call) => run(call, question, asked.world))
    if (view.result === null) throw new Error(view.problem ?? `the simulation was ${view.state}`)
    await asked.tell(view.result, format(view.result).map(printable).join('\n'))
    return exitCodes.ok
  },
}

function readDraft(asked: Asked): object {
  if (asked.isSet('waiting'))
    return { waiting: asked.words.length === 0 ? 'all' : asked.words.map(readNamed) }
  const [file, ...more] = asked.words
  if (file === undefined || more.length > 0)
    throw new UsageError('name one file of records, or try those that wait with --waiting')
  if (statSync(file).size > maxFileBytes)
    throw new Error(`${file} is larger than ${maxFileBytes} bytes; split it`)
  return { file: { text: textOfFile(readFileSync(file), file), fileName: basename(file) } }
}

function readNamed(word: string): object {
  const [kind, id, ...more] = word.split('/')
  if (!kind || !id || more.length > 0) throw new UsageError('a record is named as KIND/ID: use-case/support')
  return { kind, id }
}

function readDays(asked: Asked): number {
  const days = Number(asked.option('days') ?? usualDays)
  if (!Number.isInteger(days) || days < 1 || days > longestDays)
    throw new UsageError(`--days goes from 1 to ${longestDays}`)
  return days
}

/** Waits for its end; says once a second how far it is. */
async function run(call: CallHandler, asked: object, world: World): Promise<SimulationView> {
  const by = askedBy()
  let view = (await call('simulation.begin', { by, asked })) as SimulationView
  for (;;) {
    view = (await call('simulation.look', { by, id: view.id })) as SimulationView
    if (view.state !== 'running') return view
    const percent = Math.floor(view.share * 100)
    world.complain(`${view.exchanges} exchanges decided again, ${percent} % of the log looked at\n`)
  }
}

/** Lines of a table; the rest is in --json. */
const mostLines = 20

function format(result: SimulationResult): readonly string[] {
  const { records, exchanges, replayed, changed, unknown, beforeRules, notAsThen } = result
  return [
    `Tried: ${records.map(({ kind, id, version, serving }) => `${kind} ${id} version ${version} (${serving === null ? 'nothing' : `version ${serving}`} serves)`).join(', ')}`,
    ...result.notes.map((note) => `note: ${note}`),
    `${result.since} to ${result.until}: ${exchanges} exchanges, ${replayed} decided again, ${changed} would change`,
    ...(result.isCut ? ['There were more: the newest were decided again.'] : []),
    ...unknown.map(({ says, exchanges: count }) => `not decided again: ${count}. ${says}`),
    `Beside them ${beforeRules} were refused before any rule was asked.`,
    ...(notAsThen === 0
      ? []
      : [`What serves now decides ${notAsThen} otherwise than was decided then; both sides are of now.`]),
    ...section('What would change', result.changes.flatMap(changeLines)),
    ...section(
      'By use case',
      result.byUseCase.map(({ value, exchanges: count }) => `${count}  ${value}`),
    ),
    ...section(
      'By person',
      result.byPerson.map(
        ({ person, exchanges: count }) => `${count}  ${person?.email ?? 'not known any more'}`,
      ),
    ),
    ...section(
      'Because of',
      result.byCause.map(({ value, exchanges: count }) => `${count}  ${value}`),
    ),
    ...section('Rules of the draft that none of them would have met', result.idleRules),
    'What the log does not say:',
    ...result.blindSpots.map((each) => `  ${each}`),
  ]
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [
        `${title}:`,
        ...lines.slice(0, mostLines).map((line) => `  ${line}`),
        ...(lines.length > mostLines ? [`  and ${lines.length - mostLines} more, with --json`] : []),
      ]

const changeLines = (line: ChangeLine): readonly string[] => [
  `${line.exchanges}  ${describeChange(line)}; people: ${line.people}; such as ${line.samples
    .slice(0, 3)
    .map(({ receipt }) => receipt)
    .join(', ')}`,
]
