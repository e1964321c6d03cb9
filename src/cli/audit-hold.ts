import { printable } from '#/audit/printable.ts'
import type { ShownHold } from '#/audit/retention/retention.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, needOption, UsageError } from './command.ts'
import { readFuture } from './when.ts'

export const auditHoldAdd: Command = {
  usage: '(--person EMAIL | --all) --reason TEXT [--until WHEN]',
  about:
    'Sets a legal hold: while it is in force, nothing of whom it covers is erased, neither on request nor by age.',
  options: {
    person: { value: 'EMAIL', about: 'who is covered' },
    all: { about: 'everybody is covered' },
    reason: { value: 'TEXT', about: 'why; shown by audit hold list' },
    until: { value: 'WHEN', about: 'ends by itself then: 30d or a date; until it is ended when left out' },
  },
  words: [0, 0],
  run: async (asked) => {
    const email = asked.option('person')
    if ((email === undefined) !== asked.isSet('all')) throw new UsageError('give either --person or --all')
    const until = asked.option('until')
    const question = {
      ...(email === undefined ? {} : { email }),
      ...(until === undefined ? {} : { untilMs: readFuture(until, 'until', asked.world.now()) }),
      reason: needOption(asked, 'reason'),
      by: askedBy(),
    }
    const holds = (await callSallyport(asked.world, 'audit.hold.add', question)) as readonly ShownHold[]
    await asked.tell({ holds }, holds.map(format).join('\n'))
    return exitCodes.ok
  },
}

export const auditHoldEnd: Command = {
  usage: 'ID --reason TEXT',
  about: 'Ends a legal hold. What has lasted long enough by then is ended by the next daily run.',
  options: { reason: { value: 'TEXT', about: 'why it ends' } },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const question = { id, reason: needOption(asked, 'reason'), by: askedBy() }
    const hold = (await callSallyport(asked.world, 'audit.hold.end', question)) as ShownHold
    await asked.tell({ hold }, format(hold))
    return exitCodes.ok
  },
}

export const auditHoldList: Command = {
  usage: '',
  about: 'Shows every legal hold there ever was, the newest first.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const holds = (await callSallyport(asked.world, 'audit.hold.list', {})) as readonly ShownHold[]
    const lines = holds.toReversed().map(format)
    await asked.tell({ holds: holds.toReversed() }, lines.join('\n') || 'there is no legal hold')
    return exitCodes.ok
  },
}

const day = (ms: number): string => new Date(ms).toISOString()

function format({ id, personId, reason, by, beganMs, untilMs, ended, isInForce }: ShownHold): string {
  const state = isInForce ? 'IN FORCE' : 'over'
  const until = untilMs === undefined ? '' : ` until ${day(untilMs)}`
  const end = ended === undefined ? '' : `; ended ${day(ended.atMs)} by ${ended.by}: ${ended.why}`
  return printable(
    `${id}  ${state}  ${personId ?? 'everybody'}  since ${day(beganMs)}${until}  by ${by}: ${reason}${end}`,
  )
}
