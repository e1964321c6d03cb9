import { printable } from '#/audit/printable.ts'
import {
  type AccountPage,
  type AccountView,
  accountStates,
  endReasons,
  restoreReasons,
} from '#/identity/accounts/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'

/** What is fetched at once. */
const pageSize = 500

export const personList: Command = {
  usage: '[TEXT] [--state STATE]',
  about:
    'Lists people: id, state, address, name, roles, groups, and when they were last seen in the page. TEXT is a part of the name, the address or the id.',
  options: { state: { value: 'STATE', about: `only these: ${accountStates.join(', ')}` } },
  words: [0, 1],
  run: async (asked) => {
    const [text] = asked.words
    const state = oneOf(asked, 'state', accountStates)
    const people: AccountView[] = []
    let total = 0
    do {
      const page = (await callSallyport(asked.world, 'person.list', {
        ...(text === undefined ? {} : { text }),
        ...(state === undefined ? {} : { state }),
        start: people.length,
        limit: pageSize,
      })) as AccountPage
      total = page.total
      if (page.people.length === 0) break
      people.push(...page.people)
    } while (people.length < total)
    await asked.tell({ people }, people.map(format).join('\n') || 'there is nobody')
    return exitCodes.ok
  },
}

export const personEnd: Command = {
  usage: 'EMAIL|ID --reason REASON',
  about:
    'Ends an account at once: its sessions, its keys, and answers that are being written. It stays ended until it is given back, whatever a directory says.',
  options: { reason: { value: 'REASON', about: endReasons.join(', ') } },
  words: [1, 1],
  run: async (asked) => {
    const [who = ''] = asked.words
    needOption(asked, 'reason')
    const reason = oneOf(asked, 'reason', endReasons)
    const result = (await callSallyport(asked.world, 'person.end', { who, reason, by: askedBy() })) as object
    await asked.tell({ ended: true, ...result }, 'The account is ended.')
    return exitCodes.ok
  },
}

export const personRestore: Command = {
  usage: 'EMAIL|ID --reason REASON',
  about:
    'Gives an ended account back: keys that have not run out work again, old sessions do not. Refused while a directory says that the person has no access.',
  options: { reason: { value: 'REASON', about: restoreReasons.join(', ') } },
  words: [1, 1],
  run: async (asked) => {
    const [who = ''] = asked.words
    needOption(asked, 'reason')
    const reason = oneOf(asked, 'reason', restoreReasons)
    const result = (await callSallyport(asked.world, 'person.restore', {
      who,
      reason,
      by: askedBy(),
    })) as object
    await asked.tell({ restored: true, ...result }, 'The account is given back.')
    return exitCodes.ok
  },
}

/** The value of an option that takes one of a few words. Throws `UsageError`. */
function oneOf<Word extends string>(asked: Asked, name: string, words: readonly Word[]): Word | undefined {
  const value = asked.option(name)
  if (value === undefined) return undefined
  const found = words.find((word) => word === value)
  if (found === undefined) throw new UsageError(`--${name} must be one of ${words.join(', ')}`)
  return found
}

const dayOf = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : new Date(atMs).toISOString().slice(0, 10)

const format = ({ id, state, email, name, roles, groups, seenAtMs }: AccountView): string =>
  printable(
    [
      id,
      state.padEnd(7),
      email || '-',
      name,
      roles.join(','),
      groups.map((group) => group.name ?? group.id).join(',') || '-',
      `seen ${dayOf(seenAtMs)}`,
    ].join('  '),
  )
