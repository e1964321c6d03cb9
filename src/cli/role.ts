import { printable } from '#/audit/printable.ts'
import type { GrantView, RequestView } from '#/identity/access/api.ts'
import type { RolesHeld } from '#/identity/roles/held.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, needOption } from './command.ts'
import { grantLine } from './grant-lines.ts'
import { readDays } from './when.ts'

export const roleGrant: Command = {
  usage: 'EMAIL ROLE --reason TEXT [--for 30d]',
  about:
    'Gives a role to a person until a day: 90 days when nothing is said. The person need not have signed in yet. The role owner waits for an owner who approves it on the page under Access.',
  options: {
    for: { value: 'WHEN', about: '30d, or a date; whole days, rounded down' },
    reason: { value: 'TEXT', about: 'why; kept sealed in the log and shown to owners' },
  },
  words: [2, 2],
  run: async (asked) => {
    const [email = '', role = ''] = asked.words
    const until = asked.option('for')
    const days = until === undefined ? {} : { days: readDays(until, 'for', asked.world.now()) }
    const made = (await callSallyport(asked.world, 'role.grant', {
      by: askedBy(),
      asked: { email, role, ...days, reason: needOption(asked, 'reason') },
    })) as { readonly grant: GrantView | null; readonly request: RequestView | null }
    const text =
      made.grant === null
        ? `Nothing is given yet: request ${made.request?.id} waits for an owner, on the page under Access.`
        : grantLine(made.grant)
    await asked.tell(made, text)
    return exitCodes.ok
  },
}

export const roleRevoke: Command = {
  usage: 'EMAIL ROLE --reason TEXT',
  about:
    'Ends every grant of this role to a person, at once. A role by a group ends in the directory, or is denied with access deny.',
  options: { reason: { value: 'TEXT', about: 'why' } },
  words: [2, 2],
  run: async (asked) => {
    const [email, role] = asked.words
    const question = { by: askedBy(), email, role, asked: { reason: needOption(asked, 'reason') } }
    const { ended } = (await callSallyport(asked.world, 'role.revoke', question)) as {
      readonly ended: readonly string[]
    }
    await asked.tell({ ended }, ended.map((id) => `${id} is ended`).join('\n'))
    return exitCodes.ok
  },
}

export const roleList: Command = {
  usage: '',
  about: 'Shows who has which role now, and every grant and denial of one with its end.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const held = (await callSallyport(asked.world, 'role.list', {})) as RolesHeld
    const people = held.people.map(({ email, roles }) => printable(`${email}  ${roles.join(', ')}`))
    const lines = [
      ...(people.length === 0 ? ['nobody is more than an employee'] : people),
      ...held.grants.map(grantLine),
    ]
    await asked.tell(held, lines.join('\n'))
    return exitCodes.ok
  },
}
