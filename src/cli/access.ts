import { printable } from '#/audit/printable.ts'
import type { GrantView } from '#/identity/access/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, needOption, UsageError } from './command.ts'
import { grantLine } from './grant-lines.ts'
import { readDays } from './when.ts'

export const accessGrant: Command = {
  usage: 'EMAIL USE-CASE --reason TEXT [--for 30d]',
  about: 'Opens a use case to one person until a day: 90 days when nothing is said.',
  options: {
    for: { value: 'WHEN', about: '30d, or a date; whole days, rounded down' },
    reason: { value: 'TEXT', about: 'why; kept sealed in the log' },
  },
  words: [2, 2],
  run: async (asked) => {
    const [email = '', useCase = ''] = asked.words
    const until = asked.option('for')
    const days = until === undefined ? {} : { days: readDays(until, 'for', asked.world.now()) }
    const grant = (await callSallyport(asked.world, 'access.grant', {
      by: askedBy(),
      asked: { email, useCase, ...days, reason: needOption(asked, 'reason') },
    })) as GrantView
    await asked.tell({ grant }, grantLine(grant))
    return exitCodes.ok
  },
}

const targets = ['role', 'use-case', 'offering'] as const

export const accessDeny: Command = {
  usage:
    '(--person EMAIL | --group SOURCE:ID) (--role R | --use-case ID | --offering ID) --reason TEXT [--for 30d]',
  about:
    'Keeps a person or a group out, at once and whatever else lets them in: grants, groups, roles and records. It holds until it is ended, or for the time given.',
  options: {
    person: { value: 'EMAIL', about: 'who is kept out' },
    group: { value: 'SOURCE:ID', about: 'everybody in this group is kept out' },
    role: { value: 'ROLE', about: 'the role they do not have' },
    'use-case': { value: 'ID', about: 'the use case that stays closed to them' },
    offering: { value: 'ID', about: 'the offering they do not reach, through any use case' },
    for: { value: 'WHEN', about: '30d, or a date; whole days, rounded down' },
    reason: { value: 'TEXT', about: 'why; kept sealed in the log' },
  },
  words: [0, 0],
  run: async (asked) => {
    const email = asked.option('person')
    const group = asked.option('group')
    if ((email === undefined) === (group === undefined))
      throw new UsageError('give either --person or --group')
    const named = targets.filter((each) => asked.option(each) !== undefined)
    const [what] = named
    if (what === undefined || named.length > 1)
      throw new UsageError('give one of --role, --use-case and --offering')
    const until = asked.option('for')
    const denial = (await callSallyport(asked.world, 'access.deny', {
      by: askedBy(),
      asked: {
        ...(email === undefined ? { group } : { email }),
        what,
        target: asked.option(what),
        ...(until === undefined ? {} : { days: readDays(until, 'for', asked.world.now()) }),
        reason: needOption(asked, 'reason'),
      },
    })) as GrantView
    await asked.tell({ denial }, grantLine(denial))
    return exitCodes.ok
  },
}

export const accessEnd: Command = {
  usage: 'GRANT --reason TEXT',
  about: 'Ends a grant or a denial, by the id access list and role list show.',
  options: { reason: { value: 'TEXT', about: 'why' } },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const question = { by: askedBy(), id, asked: { reason: needOption(asked, 'reason') } }
    await callSallyport(asked.world, 'access.end', question)
    await asked.tell({ id }, printable(`${id} is ended`))
    return exitCodes.ok
  },
}

export const accessList: Command = {
  usage: '',
  about: 'Shows every grant and denial that is in force, with its end.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const { grants } = (await callSallyport(asked.world, 'access.list', {})) as {
      readonly grants: readonly GrantView[]
    }
    await asked.tell({ grants }, grants.map(grantLine).join('\n') || 'nothing was given or denied')
    return exitCodes.ok
  },
}
