import { type CountedBy, countedBy } from '#/audit/index/api.ts'
import type { SearchAsked } from '#/audit/index/commands.ts'
import { questionKeys } from '#/audit/index/question.ts'
import type { Counted, CountedLine, Found, FoundEntry, ShownPerson } from '#/audit/index/search-log.ts'
import { printable } from '#/audit/printable.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'

const keys = Object.entries(questionKeys).map(([key, about]) => `  ${key}: ${about}`)

export const auditSearch: Command = {
  usage:
    "['QUESTION'] [--person EMAIL] [--request ID] [--since WHEN] [--until WHEN] [--limit N] [--before INDEX] [--count-by WHAT]",
  about: `Tells who did what, when, and what it cost, newest first; no text that anybody entered. The QUESTION is words like person:ada@example.com class:confidential,restricted -decision:refuse since:2d 'cost>0.05': every word must hold, values behind one key are alternatives, a hyphen turns a word around. With no word everything is told. That the log was read, and by whom, is written to the log. Keys:\n${keys.join('\n')}`,
  options: {
    person: { value: 'EMAIL', about: 'the same as person:EMAIL in the question' },
    request: { value: 'ID', about: 'the same as request:ID in the question' },
    since: { value: 'WHEN', about: 'the same as since:WHEN in the question' },
    until: { value: 'WHEN', about: 'the same as until:WHEN in the question' },
    limit: { value: 'N', about: '1 to 1000 entries, 50 when left out' },
    before: { value: 'INDEX', about: 'go on behind a page: only entries before this one' },
    'count-by': { value: 'WHAT', about: `a table of counts and cost instead, by ${countedBy.join(', ')}` },
  },
  words: [0, 100],
  run: async (asked) => {
    const question = readAsked(asked)
    const answer = (await callSallyport(asked.world, 'audit.search', question)) as Found | Counted
    await asked.tell(answer, 'entries' in answer ? formatFound(answer) : formatCounted(answer))
    return exitCodes.ok
  },
}

/** Throws `UsageError` naming the option. */
function readAsked(asked: Asked): SearchAsked {
  const limit = Number(asked.option('limit') ?? '50')
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new UsageError('--limit goes from 1 to 1000')
  const before = asked.option('before')
  if (before !== undefined && !/^\d{1,15}$/.test(before)) throw new UsageError('--before takes an index')
  const by = asked.option('count-by')
  if (by !== undefined && !isCountedBy(by)) {
    throw new UsageError(`--count-by must be one of ${countedBy.join(', ')}`)
  }
  return {
    question: [...asked.words, ...wordsOfOptions(asked)].join(' '),
    limit,
    by: askedBy(),
    ...(before === undefined ? {} : { before: Number(before) }),
    ...(by === undefined ? {} : { countBy: by }),
  }
}

/** Options as words of the question; in quotes, so that none of them can be more than a value. */
function wordsOfOptions(asked: Asked): readonly string[] {
  return (['person', 'request', 'since', 'until'] as const).flatMap((key) => {
    const value = asked.option(key)
    return value === undefined ? [] : [`${key}:"${value.replace(/["\\]/g, '\\$&')}"`]
  })
}

const isCountedBy = (word: string): word is CountedBy => (countedBy as readonly string[]).includes(word)

/** For a terminal: nothing a program or a file said can move the cursor, hide or turn around what stands there. */
function formatFound({ entries, next, notes }: Found): string {
  const title = `${entries.length} entries, newest first`
  const more = next === null ? [] : [`more: --before ${next}`]
  return [title, ...noted(notes), ...entries.flatMap(format), ...more].map(printable).join('\n')
}

const noted = (notes: readonly string[]): readonly string[] => notes.map((note) => `note: ${note}`)

function format({ at, person, kind, receipt, facts, outcome }: FoundEntry): readonly string[] {
  const found = (facts.findings ?? []).map(({ type, count, action }) => `${type} x${count} ${action}`)
  const decisions = [facts.decision, facts.code, outcome?.facts.decision, outcome?.facts.code].filter(
    (each) => each !== undefined,
  )
  const cost = (outcome?.facts ?? facts).costMicroUsd
  return [
    `${at}  ${nameOf(person)}  ${kind}  ${receipt}`,
    `  use case ${facts.useCase ?? '-'}  class ${facts.class ?? '-'}  offering ${facts.offering ?? '-'}` +
      `  decision ${decisions.join(', ') || '-'}  status ${outcome?.facts.status ?? facts.status ?? '-'}` +
      `  cost ${cost === undefined ? '-' : dollars(cost)}`,
    ...(found.length > 0 ? [`  found: ${found.join(', ')}`] : []),
  ]
}

const nameOf = (person: ShownPerson): string =>
  person === null ? '-' : person === 'erased' ? 'erased' : person.email || person.id

/** With all six decimals: a short exchange costs some millionths. */
const dollars = (microUsd: number): string => `$${(microUsd / 1_000_000).toFixed(6)}`

function formatCounted({ by, total, lines, isCut, notes }: Counted): string {
  const titles = [by, 'entries', 'cost', 'tokens', 'cost unknown']
  const rows = [titles, ...lines.map(cellsOf), ['(all)', ...cellsOf(total).slice(1)]]
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)))
  const aligned = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
      )
      .join('  '),
  )
  const cut = isCut ? ['there are more lines than are told'] : []
  return [...noted(notes), ...aligned, ...cut].map(printable).join('\n')
}

const cellsOf = ({ value, entries, costMicroUsd, tokens, withoutCost }: CountedLine): readonly string[] => [
  printable(value ?? '(none)'),
  String(entries),
  dollars(costMicroUsd),
  String(tokens),
  String(withoutCost),
]
