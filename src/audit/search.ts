/** Who entered what, when: reading the log for people, which is itself logged. */
import type { AuditLog, EntryFacts, EntryHead, EntryQuery } from './api.ts'

/** One entry as a person reads it. Plain values, so that it can go through a socket. */
export interface FoundEntry {
  readonly index: number
  readonly receipt: string
  readonly atMs: number
  readonly kind: string
  readonly personId: string | undefined
  readonly facts: EntryFacts
  /** Of an intent: facts of its outcome, once there is one. */
  readonly outcome: EntryFacts | undefined
  /** The beginning of the text entered; undefined when there is none or its key was destroyed. Not sanitised. */
  readonly text: string | undefined
  /** Why the text cannot be shown though it should be there. */
  readonly problem: string | undefined
}

/** Who reads: a signed-in person, or an account of the machine at the command line. */
export interface Reader {
  readonly personId?: string
  readonly name: string
  /** What was asked in the reader's own words, such as an e-mail address. */
  readonly asked?: string
}

/** Newest first. The reading is logged, with the question and the reader, before anything is given out. */
export async function searchEntries(
  log: AuditLog,
  query: EntryQuery,
  by: Reader,
): Promise<readonly FoundEntry[]> {
  await log.append({
    kind: 'read',
    facts: { reason: 'search' },
    payload: JSON.stringify({ search: query, by }),
    ...(by.personId === undefined ? {} : { subject: by.personId }),
  })
  const found: FoundEntry[] = []
  for (const head of await log.search(query)) found.push(await describe(log, head))
  return found
}

async function describe(log: AuditLog, head: EntryHead): Promise<FoundEntry> {
  const { index, atMs, kind, facts, subject } = head
  const outcome = kind === 'intent' ? await log.outcomeOf(index).catch(() => undefined) : undefined
  let text: string | undefined
  let problem: string | undefined
  try {
    const entry = await log.open(index)
    text = entry?.payload && enteredText(entry.payload)
    if (entry?.lostParts !== undefined) problem = 'parts of it are erased or damaged'
  } catch (error) {
    // One changed payload must not hide the others; it is named instead.
    problem = (error as Error).message
  }
  const receipt = `${log.origin}#${index}`
  return { index, receipt, atMs, kind, personId: subject, facts, outcome: outcome?.facts, text, problem }
}

/** Of the text entered, this much is shown; the whole stands in the log. */
const shownCharacters = 500

/** What the person entered last, out of `{"typed": body}`: the strings of the last message, whatever the dialect. */
export function enteredText(payload: Uint8Array): string | undefined {
  const typed = typedOf(Buffer.from(payload).toString('utf8'))
  if (typed === undefined) return undefined
  const texts: string[] = []
  collect(lastMessage(typed), texts, 0)
  const text = texts.join('\n')
  return text.length > shownCharacters ? `${cutWhole(text)}…` : text
}

function typedOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value.typed : undefined
  } catch {
    // Not by our convention: there is nothing to show.
    return undefined
  }
}

function lastMessage(typed: unknown): unknown {
  if (!isObject(typed)) return typed
  const messages = typed.messages ?? typed.input ?? typed.prompt ?? typed
  return Array.isArray(messages) ? messages.at(-1) : messages
}

/** Fields of a message that are not what somebody said: names of things, ids, and the bytes of files. */
const silentFields = new Set([
  ...['role', 'type', 'id', 'name', 'tool_call_id', 'tool_use_id', 'media_type', 'signature', 'data', 'url'],
  ...['cache_control', 'model', 'detail', 'format'],
])

const nestingMax = 20

function collect(value: unknown, texts: string[], depth: number): void {
  if (depth > nestingMax || texts.length > shownCharacters) return
  if (typeof value === 'string') {
    if (value !== '') texts.push(value.slice(0, shownCharacters + 1))
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, texts, depth + 1)
  } else if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      if (!silentFields.has(name)) collect(each, texts, depth + 1)
    }
  }
}

/** Cuts without leaving half of a character at the end. */
const cutWhole = (text: string): string => text.slice(0, shownCharacters).replace(/[\ud800-\udbff]$/, '')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
