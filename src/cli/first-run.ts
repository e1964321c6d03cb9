import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { printable } from '#/audit/printable.ts'
import { textOfFile } from '#/core/text-of-file.ts'
import { parseYaml } from '#/core/yaml.ts'
import type { PlanStep } from '#/register/api.ts'
import type { FirstRunPlan, FirstRunView } from '#/register/first-run/api.ts'
import { type Asking, openAsking } from './asking.ts'
import { askedBy, type CallHandler, withSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'
import { askAnswers } from './first-run-questions.ts'

/** Answers are a page. */
const maxAnswerBytes = 256 * 1024

export const firstRun: Command = {
  usage: '[--answers FILE] [--out FILE | --dry-run] [--yes]',
  about:
    'Asks three questions (which cloud is home, which classes there are, where direct use of vendors ends) and for providers, and makes the first records of the answers: offerings, use cases, rules. Shows the plan first. What is written waits until two people approve it. Only for a register that holds no more than it began with.',
  options: {
    answers: { value: 'FILE', about: 'take the answers from a file instead of asking' },
    out: {
      value: 'FILE',
      about: 'write the records to a new file, for "apply" and for git, and nothing else',
    },
    'dry-run': { about: 'show the plan, and change nothing' },
    yes: { about: 'agree to the plan without being asked' },
  },
  words: [0, 0],
  run: async (asked) => {
    const { world } = asked
    const file = asked.option('answers')
    if (asked.option('out') !== undefined && asked.isSet('dry-run'))
      throw new UsageError('--out writes a file and --dry-run nothing: give one of them')
    if (file === undefined && !world.isTerminal)
      throw new UsageError('nobody can be asked here: give the answers with --answers FILE')
    const asking = world.isTerminal ? openAsking(world) : undefined
    try {
      return await withSallyport(world, async (call) => {
        const answers =
          file === undefined
            ? await askAnswers(
                asking as Asking,
                (await call('first-run.view', {})) as FirstRunView,
                world.complain,
              )
            : readAnswers(file)
        return finish(asked, (await call('first-run.plan', answers)) as FirstRunPlan, call, asking)
      })
    } finally {
      await asking?.close()
    }
  },
}

function readAnswers(file: string): unknown {
  if (statSync(file).size > maxAnswerBytes) throw new Error(`${file} is larger than ${maxAnswerBytes} bytes`)
  return parseYaml(textOfFile(readFileSync(file), file), basename(file)).value ?? {}
}

async function finish(
  asked: Asked,
  planned: FirstRunPlan,
  call: CallHandler,
  asking: Asking | undefined,
): Promise<number> {
  const { text, digest, ...shown } = planned
  const out = asked.option('out')
  if (asked.isSet('dry-run')) {
    await asked.tell({ ...shown, text, isWritten: false }, format(planned, 'Would be written:'))
    return exitCodes.ok
  }
  if (out !== undefined) {
    // Never over a file that is there: it may be the one in git.
    writeFileSync(out, text, { flag: 'wx' })
    const next = `The records are in ${printable(out)}. Nothing is proposed yet: sallyport apply ${printable(out)}`
    await asked.tell({ ...shown, file: out, isWritten: false }, `${format(planned, 'In the file:')}\n${next}`)
    return exitCodes.ok
  }
  const missing = planned.offerings.find(({ isConnected }) => !isConnected)
  if (missing !== undefined) {
    asked.world.complain(`${format(planned, 'Would be written:')}\nNothing was changed.\n`)
    return exitCodes.refused
  }
  if (!asked.isSet('yes') && !(await isAgreed(asked, planned, asking))) {
    asked.world.complain('Nothing was changed.\n')
    return exitCodes.refused
  }
  const files = [{ name: 'first-run.yaml', text }]
  const { plan } = (await call('apply', { files, by: askedBy(), dryRun: false, digest })) as {
    readonly plan: readonly PlanStep[]
  }
  const next =
    'All of it waits. It came from a command line, and nobody knows who sits there: two people with the role security or owner approve it, on the page under Register. Who is alone gives somebody the role: sallyport role grant EMAIL security --reason TEXT'
  await asked.tell({ ...shown, plan, isWritten: true }, `${format(planned, 'Written:')}\n${next}`)
  return exitCodes.ok
}

async function isAgreed(
  { world }: Asked,
  planned: FirstRunPlan,
  asking: Asking | undefined,
): Promise<boolean> {
  if (asking === undefined)
    throw new UsageError('nobody can be asked here: say --yes to agree to the plan, or --dry-run to see it')
  world.complain(`${format(planned, 'The plan:')}\n`)
  return /^y(?:es)?$/i.test(await asking.ask('Write it? [y/N]'))
}

function format({ plan, matrix, offerings, notes }: FirstRunPlan, title: string): string {
  const row = (cells: readonly string[]): string =>
    `  ${cells.map((each) => each.padEnd(24)).join('')}`.trimEnd()
  return [
    title,
    ...plan.map(({ kind, id, change, version }) => `  ${change.padEnd(8)} ${kind} ${id}, version ${version}`),
    ...offerings.map(({ id, ceiling, reasons }) =>
      `  ${id} carries at most ${ceiling ?? 'nothing'}. ${reasons[0] ?? ''}`.trimEnd(),
    ),
    row(['class', 'vendors', 'our cloud', 'own machines']),
    ...matrix.map(({ name, commercial, cloud, self }) => row([name, commercial, cloud, self])),
    ...notes.map((note) => `note: ${note}`),
  ]
    .map(printable)
    .join('\n')
}
