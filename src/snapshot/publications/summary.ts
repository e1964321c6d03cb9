import type { Publication, PublicationSummary } from './api.ts'
import type { PublicationHistory } from './history.ts'

/** A publication as a line of a list. */
export function summaryOf(publication: Publication, history: PublicationHistory): PublicationSummary {
  const { number, cause, digest, put, gone, by, second, reason, atMs } = publication
  const added = history.addedBy(publication)
  return {
    ...{ number, cause, digest, reason },
    at: timeOf(atMs),
    by: by?.name ?? null,
    second: second?.name ?? null,
    counts: { added, changed: put.length - added, takenAway: gone.length },
  }
}

export const timeOf = (atMs: number): string => new Date(atMs).toISOString()
