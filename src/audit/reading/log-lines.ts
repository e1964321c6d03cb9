/** What happens to readings as it stands in the log: each line whole, so that a start can take over what the store missed. */
import type { AuditLog, EntryHead, EntryKind, NewEntry } from '../api.ts'
import type { Notice, Opening, Reader, Reading, ReadingDecision, ReadingEnd } from './api.ts'

export type Line =
  | { readonly what: 'request'; readonly value: Reading }
  | { readonly what: 'decision'; readonly value: ReadingDecision }
  | { readonly what: 'end'; readonly value: ReadingEnd }
  | { readonly what: 'opening'; readonly value: Opening }
  | { readonly what: 'notice'; readonly value: Notice }

export type Written = Line & { readonly logIndex: number }

const kinds: Readonly<Record<Line['what'], EntryKind>> = {
  request: 'read-request',
  decision: 'read-approval',
  end: 'read-ended',
  opening: 'read',
  notice: 'read-notice',
}

/** Why a `read` entry was written, in its header: a search of the log is the other reason. */
const underReading = 'reading'

/**
 * Whose entry it is: who acted, or who was told. The header names the reading only: which entry was opened and
 * whose it is would tell whoever sees headers that somebody is being looked into.
 */
export function entryOf(line: Line): NewEntry {
  const subject = line.what === 'notice' ? line.value.personId : personIdOf(line.value.by)
  return {
    kind: kinds[line.what],
    facts: {
      about: line.what === 'request' ? line.value.id : line.value.reading,
      ...(line.what === 'decision' ? { decision: line.value.verdict } : {}),
      ...(line.what === 'opening' ? { reason: underReading } : {}),
    },
    ...(subject === undefined ? {} : { subject }),
    payload: JSON.stringify({ line }),
  }
}

const personIdOf = ({ id, subject }: Reader): string | undefined => (subject === undefined ? undefined : id)

/** The store cannot be behind by more: after a write it missed, nothing more is taken until a start. */
const pageEntries = 1_000

/**
 * The lines after entry `last`, in their order; each page of a search is read until it reaches `last`.
 * Openings are looked for only until `openUntilMs`, the latest end of a reading that is known: searches write `read`
 * entries too, and those of a busy year need not be gone through at every start.
 */
export async function readMissing(
  log: Pick<AuditLog, 'search' | 'open'>,
  last: number,
  openUntilMs: (found: readonly Written[]) => number,
): Promise<readonly Written[]> {
  const acts = await readKinds(log, last, ['read-request', 'read-approval', 'read-ended', 'read-notice'])
  const openings = await readKinds(log, last, ['read'], openUntilMs(acts))
  return [...acts, ...openings].sort((one, other) => one.logIndex - other.logIndex)
}

async function readKinds(
  log: Pick<AuditLog, 'search' | 'open'>,
  last: number,
  wanted: readonly EntryKind[],
  untilMs = Number.MAX_SAFE_INTEGER,
): Promise<Written[]> {
  const lines: Written[] = []
  let below = Number.POSITIVE_INFINITY
  for (;;) {
    const page = await log.search({ kinds: wanted, untilMs, below, limit: pageEntries })
    for (const head of page) if (head.index > last) lines.push(...(await readLine(log, head)))
    const oldest = page.at(-1)
    if (page.length < pageEntries || oldest === undefined || oldest.index <= last) return lines
    below = oldest.index
  }
}

async function readLine(log: Pick<AuditLog, 'open'>, head: EntryHead): Promise<readonly Written[]> {
  if (head.kind === 'read' && head.facts.reason !== underReading) return []
  const payload = (await log.open(head.index))?.payload
  // Its key was destroyed, half a year after the reading ended: nothing hangs on it any more.
  if (payload === undefined) return []
  const { line } = JSON.parse(Buffer.from(payload).toString('utf8')) as { readonly line: Line }
  return [{ ...line, logIndex: head.index }]
}
