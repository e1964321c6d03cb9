import { printable } from '#/audit/printable.ts'
import { type DrillReport, type SwitchPage, type SwitchView, switchScopes } from '#/snapshot/switches/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'

export const stop: Command = {
  usage:
    '(all | offering ID | use-case ID | person EMAIL | tool NAME | key ID) --reason TEXT [--minutes N] [--drill]',
  about:
    'Stops it at once: answers that are being written are cut, new requests are refused, until it is released. A drill measures what that would do, and stops nothing.',
  options: {
    reason: { value: 'TEXT', about: 'why; kept sealed in the log, and shown to those who release it' },
    minutes: { value: 'N', about: 'when it ends by itself; a drill takes 10 when nothing is said' },
    drill: { about: 'only measure what it would stop; needs a server that runs' },
  },
  words: [1, 2],
  run: async (asked) => {
    const [scope = '', target = ''] = asked.words
    if (!switchScopes.some((each) => each === scope))
      throw new UsageError(`what to stop must be one of ${switchScopes.join(', ')}`)
    if ((scope === 'all') !== (target === ''))
      throw new UsageError(scope === 'all' ? 'all takes no id' : `say which ${scope}`)
    const drill = asked.isSet('drill')
    const minutes = minutesOf(asked) ?? (drill ? usualDrillMinutes : undefined)
    const view = (await callSallyport(asked.world, 'switch.pull', {
      by: askedBy(),
      asked: {
        scope,
        target,
        reason: needOption(asked, 'reason'),
        drill,
        ...(minutes === undefined ? {} : { minutes }),
      },
    })) as SwitchView
    await asked.tell(view, switchLines(view).join('\n'))
    return view.isWritten ? exitCodes.ok : exitCodes.failed
  },
}

export const release: Command = {
  usage: 'ID --reason TEXT',
  about:
    'Lets go on what a switch stopped, by the id that "stops" shows, once its entry is in the log. What this account of the machine stopped with "stop all" is released by a person of security or an owner on the page.',
  options: { reason: { value: 'TEXT', about: 'why; kept sealed in the log' } },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const question = { by: askedBy(), id, asked: { reason: needOption(asked, 'reason') } }
    const view = (await callSallyport(asked.world, 'switch.release', question)) as SwitchView
    await asked.tell(view, switchLines(view).join('\n'))
    return exitCodes.ok
  },
}

export const stops: Command = {
  usage: '',
  about: 'Shows what is stopped now and by whom, drills with what they measured, and what is over.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const page = (await callSallyport(asked.world, 'switch.list', { by: askedBy() })) as SwitchPage
    const { standing, past } = page
    const lines = [
      ...(standing.length === 0 ? ['nothing is stopped'] : standing.flatMap(switchLines)),
      ...(past.length === 0 ? [] : ['over:', ...past.flatMap(switchLines)]),
    ]
    await asked.tell({ standing, past }, lines.join('\n'))
    return exitCodes.ok
  },
}

/** Minutes of a drill for which nothing is said. */
const usualDrillMinutes = 10

function minutesOf(asked: Asked): number | undefined {
  const text = asked.option('minutes')
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError('--minutes must be a whole number from 1 on')
  return Number(text)
}

function switchLines(view: SwitchView): readonly string[] {
  const { id, scope, name, state, until, by, at, reason, released, report, isWritten } = view
  const what = scope === 'all' ? 'all' : `${scope} ${name}`
  const words = { stopped: 'STOPPED', drill: 'drill', released: 'released', over: 'over' } as const
  const ends = until === null ? '' : ` until ${until}`
  return [
    printable(`${id}  ${words[state]}  ${what}${ends}  by ${by} at ${at}: ${reason}`),
    ...(released === null
      ? []
      : [printable(`  released by ${released.by} at ${released.at}: ${released.reason}`)]),
    ...(report === null ? [] : [`  ${reportLine(report)}`]),
    ...(isWritten ? [] : ['  It holds, but is not in the log: repair the log, and stop it again.']),
  ]
}

const reportLine = ({ cut, slowestMs, refused, people, asks, isInterrupted }: DrillReport): string =>
  isInterrupted
    ? 'Sallyport ended before the drill did: nothing is known of it.'
    : printable(
        `would cut ${cut} open, the last after ${slowestMs} ms; would refuse ${refused} new; would tell ${people} people to ask ${asks.join(', ') || 'security or an owner'}`,
      )
