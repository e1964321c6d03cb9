import { printable, printableJson } from '#/audit/printable.ts'
import { approverRoles, type EntryContent, type ReadingView } from '#/audit/reading/api.ts'
import { type AskedReading, defaultHours, mostHours } from '#/audit/reading/asked.ts'
import type { CoveredEntry, FoundContents } from '#/audit/reading/readings.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'
import { readPast } from './when.ts'

const approval = `Two signed-in people with a role of ${approverRoles.join(', ')} approve it at /#readings: an account of this machine may be one of them`

export const auditReadRequest: Command = {
  usage:
    "(--receipt RECEIPT,... | --person EMAIL --since 7d [--until WHEN] | --query 'QUERY') --reason TEXT [--hours N]",
  about: `Asks to read what people entered. ${approval}. The people concerned are told, with the reason, unless a legal hold says otherwise.`,
  options: {
    receipt: { value: 'RECEIPT,...', about: 'the exchanges to read, 100 at most' },
    person: { value: 'EMAIL', about: 'or everything one person entered in a span of time' },
    since: { value: 'WHEN', about: '90m, 12h, 2d or a date; at most 92 days' },
    until: { value: 'WHEN', about: 'the same, not included; now when left out' },
    query: { value: 'QUERY', about: 'or the exchanges a question finds now, as audit search takes it' },
    reason: { value: 'TEXT', about: 'why; kept, and shown to the people concerned' },
    hours: { value: 'N', about: `for how long, 1 to ${mostHours}; ${defaultHours} when left out` },
  },
  words: [0, 0],
  run: async (asked) => {
    const input = { by: askedBy(), asked: readAsked(asked) }
    const reading = (await callSallyport(asked.world, 'audit.reading.request', input)) as ReadingView
    await asked.tell(reading, `${describe(reading)}\n${approval}.`)
    return exitCodes.ok
  },
}

export const auditReadList: Command = {
  usage: '',
  about: 'Lists the readings asked for, the newest first: who, why, what, until when, and who decided.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const input = { by: askedBy() }
    const readings = (await callSallyport(asked.world, 'audit.reading.list', input)) as ReadingView[]
    await asked.tell({ readings }, [`${readings.length} readings`, ...readings.map(describe)].join('\n'))
    return exitCodes.ok
  },
}

export const auditReadEntries: Command = {
  usage: 'READING',
  about: 'Lists the exchanges an approved reading covers, without what was entered. The log says who asked.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const input = { by: askedBy(), id: asked.words[0] }
    const entries = (await callSallyport(asked.world, 'audit.reading.entries', input)) as CoveredEntry[]
    const lines = entries.map(formatCovered)
    await asked.tell({ entries }, [`${entries.length} exchanges`, ...lines].join('\n'))
    return exitCodes.ok
  },
}

const formatCovered = ({ receipt, atMs, kind, facts }: CoveredEntry): string =>
  printable(`${timeOf(atMs)}  ${kind}  ${receipt}  class ${facts.class ?? '-'}`)

export const auditReadSearch: Command = {
  usage: "READING 'WORDS' [--literal]",
  about:
    'Looks through what an approved reading covers, and lists the exchanges that hold every one of the words, in what was entered or answered. Only the account that asked searches. What is found counts as opened: the people are told.',
  options: { literal: { about: 'the text as it stands, and not word for word' } },
  words: [2, 2],
  run: async (asked) => {
    const [id = '', text = ''] = asked.words
    const content = asked.isSet('literal') ? { literal: text } : { words: text }
    const input = { by: askedBy(), id, asked: content }
    const found = (await callSallyport(asked.world, 'audit.reading.search', input)) as FoundContents
    const { entries, scanned, closed, problems, isCut } = found
    const lines = [
      `${entries.length} of ${scanned} exchanges hold it${closed === 0 ? '' : `; ${closed} hold no text any more`}`,
      ...entries.map(formatCovered),
      ...problems.map((receipt) => printable(`PROBLEM: ${receipt} cannot be opened: run audit verify`)),
      ...(isCut ? ['there may be more: narrow the words or the reading'] : []),
    ]
    await asked.tell(found, lines.join('\n'))
    return problems.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}

export const auditReadOpen: Command = {
  usage: 'READING RECEIPT',
  about:
    'Shows what was entered, what left and what came back, of one exchange an approved reading covers. Only the account that asked opens. Each time is an entry of the log, and the person is told.',
  options: {},
  words: [2, 2],
  run: async (asked) => {
    const [id = '', receipt = ''] = asked.words
    const [, index] = /^(?:.*#)?(\d{1,15})$/.exec(receipt) ?? []
    if (index === undefined) throw new UsageError('RECEIPT must be a receipt, like origin#12, or its number')
    const input = { by: askedBy(), id, index: Number(index) }
    const content = (await callSallyport(asked.world, 'audit.reading.open', input)) as EntryContent
    await asked.tell(content, formatContent(content))
    return exitCodes.ok
  },
}

export const auditReadEnd: Command = {
  usage: 'READING',
  about: 'Ends a reading before its time, or takes a request back.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const input = { by: askedBy(), id: asked.words[0] }
    const reading = (await callSallyport(asked.world, 'audit.reading.end', input)) as ReadingView
    await asked.tell(reading, describe(reading))
    return exitCodes.ok
  },
}

function readAsked(asked: Asked): AskedReading {
  const reason = needOption(asked, 'reason')
  const hours = Number(asked.option('hours') ?? defaultHours)
  if (!Number.isInteger(hours) || hours < 1 || hours > mostHours)
    throw new UsageError(`--hours goes from 1 to ${mostHours}`)
  const receipts = asked.option('receipt')?.split(',')
  const email = asked.option('person')
  const query = asked.option('query')
  if ([receipts, email, query].filter((each) => each !== undefined).length !== 1)
    throw new UsageError('name one of --receipt, --person and --query')
  if (email === undefined) return { reason, hours, receipts, query }
  const now = asked.world.now()
  const until = asked.option('until')
  const sinceMs = readPast(needOption(asked, 'since'), 'since', now)
  return {
    reason,
    hours,
    person: { email, sinceMs, untilMs: until === undefined ? now : readPast(until, 'until', now) },
  }
}

function describe(reading: ReadingView): string {
  const { covers } = reading
  const what =
    covers.what === 'receipts'
      ? covers.receipts.join(', ')
      : covers.what === 'query'
        ? `${covers.exchanges} exchanges found by ${covers.query}`
        : `${covers.person} from ${covers.since} to ${covers.until}`
  const approvals = reading.decisions.filter(({ verdict }) => verdict === 'approve').length
  return [
    `${reading.id}  ${reading.state}  until ${reading.until}  approved by ${approvals} of ${reading.approvalsNeeded}`,
    `  ${reading.by} at ${reading.askedAt}: ${reading.reason}`,
    `  covers ${what}`,
    ...reading.decisions.map(({ by, role, verdict, reason }) => `  ${verdict} by ${by} (${role}): ${reason}`),
    ...(reading.ended === null ? [] : [`  ended by ${reading.ended.by} at ${reading.ended.at}`]),
  ]
    .map(printable)
    .join('\n')
}

/** For a terminal: JSON, in which nothing anybody entered can move the cursor or hide what stands there. */
function formatContent({
  receipt,
  atMs,
  kind,
  typed,
  sent,
  answer,
  isEmpty,
  isNotKept,
}: EntryContent): string {
  if (isEmpty)
    return printable(`${receipt}: there is nothing to read; it held no text, or its key was destroyed`)
  if (isNotKept) return printable(`${receipt}: nothing of it was kept; its use case keeps no content`)
  return [
    `${timeOf(atMs)}  ${kind}  ${printable(receipt)}`,
    `entered: ${printableJson(typed)}`,
    ...(sent === null ? [] : [`sent: ${printableJson(sent)}`]),
    ...(answer === null ? [] : [`answer: ${printableJson(answer)}`]),
  ].join('\n')
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
