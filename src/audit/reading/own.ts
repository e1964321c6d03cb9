/** A person's own entries: always readable, without asking anybody. */
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog, EntryFacts } from '../api.ts'
import type { EntryContent } from './api.ts'
import { readContent } from './content.ts'

export interface OwnEntry {
  readonly receipt: string
  readonly index: number
  readonly atMs: number
  readonly kind: string
  readonly facts: EntryFacts
  readonly content: string
}

const listMost = 500

/** The newest first. */
export async function listOwn(
  log: Pick<AuditLog, 'origin' | 'search'>,
  personId: string,
): Promise<readonly OwnEntry[]> {
  const heads = await log.search({ personIds: [personId], limit: listMost })
  return heads.map(({ index, atMs, kind, facts }) => ({
    receipt: `${log.origin}#${index}`,
    index,
    atMs,
    kind,
    facts,
    content: `/api/log/mine/${index}`,
  }))
}

/** Whether there is no such entry or it is somebody else's makes no difference. Throws `not-found`. */
export async function readOwn(
  log: Pick<AuditLog, 'origin' | 'open' | 'outcomeOf'>,
  index: number,
  personId: string,
): Promise<EntryContent<EntryFacts>> {
  const content = (await log.open(index))?.subject === personId ? await readContent(log, index) : undefined
  if (content === undefined) throw new Refusal('not-found', { what: 'entry' })
  return content
}
