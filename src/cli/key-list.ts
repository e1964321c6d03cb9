import { printable } from '#/audit/printable.ts'
import type { KeyView } from '#/identity/keys/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'
import { describeBounds } from './key-options.ts'
import { readPast } from './when.ts'

export const keyList: Command = {
  usage: '[--person EMAIL] [--service ID] [--use-case ID] [--unused 60d] [--all]',
  about:
    'Lists keys that work: whose, what each is bound to, when it ends, when it was last used, how often and from how many addresses. With --unused those nobody has used for so long (since they were made, where nobody ever did). With --all those that have ended, too. The text of a key is stored nowhere and never listed.',
  options: {
    person: { value: 'EMAIL', about: 'keys of this person, and of services they own' },
    service: { value: 'ID', about: 'keys of this service' },
    'use-case': { value: 'ID', about: 'keys bound to this use case' },
    unused: { value: 'HOW-LONG', about: 'not used since: 60d, or a date' },
    all: { about: 'those that have ended, too' },
  },
  words: [0, 0],
  run: async (asked) => {
    const unused = asked.option('unused')
    const before = unused === undefined ? undefined : readPast(unused, 'unused', asked.world.now())
    const told = (await callSallyport(asked.world, 'key.list', {})) as { readonly keys: readonly KeyView[] }
    const [person, service, useCase] = ['person', 'service', 'use-case'].map(asked.option)
    const keys = told.keys.filter(
      (key) =>
        (asked.isSet('all') || key.state === 'works' || key.state === 'replaced') &&
        (person === undefined || key.person.email === person.trim().toLowerCase()) &&
        (service === undefined || key.service?.id === service) &&
        (useCase === undefined || key.bounds.useCase === useCase) &&
        (before === undefined || Date.parse(key.lastUsedAt ?? key.createdAt) <= before),
    )
    await asked.tell({ keys }, keys.length === 0 ? 'There is none.' : keys.map(format).join('\n'))
    return exitCodes.ok
  },
}

function format(key: KeyView): string {
  const bounds = describeBounds(key.bounds)
  const machines = key.machines.length === 1 ? '1 address' : `${key.machines.length} addresses`
  const used =
    key.lastUsedAt === null ? 'never used' : `used ${dayOf(key.lastUsedAt)}, ${key.uses} times, ${machines}`
  const whose = key.service === null ? key.person.email : `${key.service.id} (${key.person.email})`
  const state =
    key.state === 'works' ? 'until' : key.state === 'replaced' ? 'replaced, until' : `${key.state}, until`
  return [
    `${key.id}  ${whose}${key.label === null ? '' : `  ${key.label}`}`,
    `  ${state} ${dayOf(key.expiresAt)}; ${used}; made ${dayOf(key.createdAt)} by ${key.createdBy}`,
    ...(bounds === '' ? [] : [`  ${bounds}`]),
    ...(key.parent === null ? [] : [`  made with ${key.parent}`]),
    ...(key.endedWhy === null ? [] : [`  ended: ${key.endedWhy}`]),
  ]
    .map(printable)
    .join('\n')
}

const dayOf = (at: string): string => at.slice(0, 10)
