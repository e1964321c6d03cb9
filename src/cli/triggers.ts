import { printable } from '#/audit/printable.ts'
import type { FiringView, TriggerPage } from '#/snapshot/triggers/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const triggers: Command = {
  usage: '',
  about:
    'Shows what is watched for, what has fired and what was done, and what somebody has to look at. People of security and owners close that on the page, with a reason.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const page = (await callSallyport(asked.world, 'trigger.list', { by: askedBy() })) as TriggerPage
    const { triggers: watched, open, past } = page
    await asked.tell({ triggers: watched, open, past }, triggerLines(page).join('\n'))
    return exitCodes.ok
  },
}

export const triggerLines = ({ triggers: watched, open, past }: TriggerPage): readonly string[] => [
  ...(watched.length === 0 ? ['no policy that serves has a trigger'] : ['watched for:']),
  ...watched.map(({ id, condition, action, owner, policy }) =>
    printable(`${id}  ${action}  when ${condition}  (${owner}, ${policy})`),
  ),
  ...(open.length === 0 ? [] : ['to look at:', ...open.flatMap(firingLines)]),
  ...(past.length === 0 ? [] : ['fired:', ...past.flatMap(firingLines)]),
]

function firingLines(view: FiringView): readonly string[] {
  const { id, trigger, action, condition, per, target, at, problem, closed, isWritten, owner } = view
  const whom = target === '' ? 'everybody' : `${per} ${target}`
  return [
    printable(`${id}  ${at}  ${trigger}: ${action}  ${whom}  ${condition}  (${owner})`),
    ...(problem === null ? [] : [printable(`  it could not be done: ${problem}`)]),
    ...(closed === null ? [] : [printable(`  closed by ${closed.by} at ${closed.at}: ${closed.reason}`)]),
    ...(isWritten ? [] : ['  It is not in the log: repair the log.']),
  ]
}
