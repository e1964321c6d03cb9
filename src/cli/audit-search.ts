import { type EntryKind, entryKinds } from '#/audit/api.ts'
import type { FoundPerson, PersonAnswer, PersonQuestion } from '#/audit/person-search.ts'
import { printable } from '#/audit/printable.ts'
import type { FoundEntry } from '#/audit/search.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'
import { readPast } from './when.ts'

export const auditSearch: Command = {
  usage: '--person EMAIL [--since 2d] [--until WHEN] [--kind KIND,KIND] [--limit N]',
  about:
    'Tells who entered what, and when, newest first: time, person, use case, data class, offering, decision, what was found, and the beginning of the text. That the log was read, and by whom, is written to the log.',
  options: {
    person: { value: 'EMAIL', about: 'whose entries' },
    since: { value: 'WHEN', about: '90m, 12h, 2d or a date; from the beginning when left out' },
    until: { value: 'WHEN', about: 'the same, not included; up to now when left out' },
    kind: { value: 'KIND,KIND', about: `intent,refusal when left out; any of ${entryKinds.join(', ')}` },
    limit: { value: 'N', about: '1 to 1000 entries, 50 when left out' },
  },
  words: [0, 0],
  run: async (asked) => {
    const question = readQuestion(asked)
    const answer = (await callSallyport(asked.world, 'audit.search', question)) as PersonAnswer
    const { people, entries } = answer
    if (people.length === 0) throw new Error(`nobody here has the address ${printable(question.email)}`)
    await asked.tell({ people, entries: entries.map(withTime) }, formatAnswer(answer))
    return exitCodes.ok
  },
}

/** Throws `UsageError` naming the option. */
export function readQuestion(asked: Asked): PersonQuestion {
  const now = asked.world.now()
  const since = asked.option('since')
  const until = asked.option('until')
  const kinds = (asked.option('kind') ?? 'intent,refusal').split(',')
  if (!kinds.every(isEntryKind)) throw new UsageError(`--kind must be some of ${entryKinds.join(', ')}`)
  const limit = Number(asked.option('limit') ?? '50')
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new UsageError('--limit goes from 1 to 1000')
  return {
    email: needOption(asked, 'person'),
    sinceMs: since === undefined ? 0 : Math.max(0, readPast(since, 'since', now)),
    untilMs: until === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, readPast(until, 'until', now)),
    kinds,
    limit,
    by: askedBy(),
  }
}

const isEntryKind = (kind: string): kind is EntryKind => (entryKinds as readonly string[]).includes(kind)

const withTime = (entry: FoundEntry): FoundEntry & { readonly at: string } => ({
  at: new Date(entry.atMs).toISOString(),
  ...entry,
})

/** For a terminal: nothing anybody entered can move the cursor, hide or turn around what stands there. */
export function formatAnswer({ people, entries }: PersonAnswer): string {
  const personOf = new Map(people.map((person) => [person.id, person]))
  const lines = entries.flatMap((entry) => format(entry, personOf.get(entry.personId ?? '')))
  return [`${entries.length} entries, newest first`, ...lines].map(printable).join('\n')
}

function format(entry: FoundEntry, person: FoundPerson | undefined): readonly string[] {
  const { facts, outcome } = entry
  const found = (facts.findings ?? []).map(({ type, count, action }) => `${type} x${count} ${action}`)
  const decisions = [facts.decision, facts.code, outcome?.decision, outcome?.code].filter(
    (each) => each !== undefined,
  )
  return [
    `${new Date(entry.atMs).toISOString()}  ${person?.email ?? 'unknown'}  ${entry.kind}  ${entry.receipt}`,
    `  use case ${facts.useCase ?? '-'}  class ${facts.class ?? '-'}  offering ${facts.offering ?? '-'}` +
      `  decision ${decisions.join(', ') || '-'}  status ${outcome?.status ?? facts.status ?? '-'}`,
    ...(found.length > 0 ? [`  found: ${found.join(', ')}`] : []),
    ...(entry.text === undefined ? [] : [`  entered: ${entry.text}`]),
    ...(entry.problem === undefined ? [] : [`  PROBLEM: ${entry.problem}`]),
  ]
}
