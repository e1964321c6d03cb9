import type { Appended, AuditLog, EntryHead, NewEntry } from '#/audit/api.ts'
import type { Decision, RecordVersion } from './api.ts'
import { isMachine } from './quorum.ts'
import type { Written } from './store.ts'

/** Changes of the register as they stand in the log: each line whole, so that a start can take over what the store missed. */

/** A line before the log has given it its place. */
export type Line =
  | { readonly what: 'record'; readonly record: RecordVersion }
  | { readonly what: 'decision'; readonly decision: Omit<Decision, 'receipt'> }

export const toWritten = (line: Line, { index, receipt }: Appended): Written =>
  line.what === 'record'
    ? { ...line, logIndex: index }
    : {
        what: 'decision',
        decision: { ...line.decision, untilMs: line.decision.untilMs, receipt },
        logIndex: index,
      }

/** What the payload of an entry holds: the whole line, so that a start can take over what the store missed. */
export interface Logged {
  readonly line: Line
  readonly batch: { readonly id: string; readonly size: number }
}

/** The log takes ten thousand waiting entries; others want some of them. */
export const appendedAtOnce = 1_000

export function entryOf(line: Line, batch: Logged['batch']): NewEntry {
  const { kind, id: name, version, hash, by } = line.what === 'record' ? line.record : line.decision
  const isPerson = !isMachine(by) && by.id !== 'bootstrap'
  return {
    kind: line.what,
    facts: {
      about: `${kind}/${name}`,
      version: String(version),
      digest: hash,
      ...(line.what === 'decision' ? { decision: line.decision.verdict } : {}),
    },
    ...(isPerson ? { subject: by.id } : {}),
    payload: JSON.stringify({ line, batch } satisfies Logged),
  }
}

/** Heads that are read at a time, back to what the store has. */
const pageEntries = 1_000

/** Other rooms write decisions too (an application given to its owner, a directory that may go on); none has a digest. */
const isOwn = ({ facts }: EntryHead): boolean => facts.digest !== undefined

/** Of the register's own lines after entry `last`, newest first. */
async function headsAfter(log: Pick<AuditLog, 'search'>, last: number): Promise<EntryHead[]> {
  const own: EntryHead[] = []
  let below = Number.POSITIVE_INFINITY
  for (;;) {
    const page = await log.search({ kinds: ['record', 'decision'], below, limit: pageEntries })
    own.push(...page.filter((head) => head.index > last && isOwn(head)))
    const oldest = page.at(-1)
    if (page.length < pageEntries || oldest === undefined || oldest.index <= last) return own
    below = oldest.index
  }
}

/** What was never whole in the log was never acknowledged, and is not taken over. */
export async function readMissing(
  log: Pick<AuditLog, 'origin' | 'search' | 'open'>,
  last: number,
): Promise<readonly Written[]> {
  const heads = await headsAfter(log, last)
  const batches = new Map<string, Written[]>()
  const whole: Written[][] = []
  for (const { index } of heads.reverse()) {
    const payload = (await log.open(index))?.payload
    if (payload === undefined)
      throw new Error(`entry ${index} of the log is a change of the register that cannot be opened`)
    const { line, batch } = JSON.parse(new TextDecoder().decode(payload)) as Logged
    const lines = batches.get(batch.id) ?? []
    batches.set(batch.id, lines)
    lines.push(toWritten(line, { index, receipt: `${log.origin}#${index}` }))
    if (lines.length === batch.size) whole.push(lines)
  }
  return whole.flat()
}
