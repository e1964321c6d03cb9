/** A person's own entries: always readable, without asking anybody. They are found by `index/search-log.ts`. */
import { Refusal } from '#/core/refusal.ts'
import type { EntryFacts } from '../api.ts'
import type { EntryContent } from './api.ts'
import { type ContentLog, readContent } from './content.ts'

/** Whether there is no such entry or it is somebody else's makes no difference. Throws `not-found`. */
export async function readOwn(
  log: ContentLog,
  index: number,
  personId: string,
): Promise<EntryContent<EntryFacts>> {
  const content = (await log.open(index))?.subject === personId ? await readContent(log, index) : undefined
  if (content === undefined) throw new Refusal('not-found', { what: 'entry' })
  return content
}
