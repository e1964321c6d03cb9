import type { AuditLog, NewEntry } from '#/audit/api.ts'
import type { Difference, Publication, PublicationAsk } from './api.ts'
import type { PublicationStore } from './store.ts'

/** Publications as they stand in the log, each whole: with every record and rule that changed. */

interface Logged {
  readonly publication: Publication
  readonly difference: Difference
}

export function publicationEntry(publication: Publication, difference: Difference): NewEntry {
  const { number, cause, digest, by } = publication
  return {
    kind: 'publication',
    ...(by?.id.startsWith('person_') ? { subject: by.id } : {}),
    facts: {
      about: `publication/${number}`,
      version: String(number),
      digest,
      decision: cause,
      rules: difference.rules.map(({ id }) => id),
      counts: {
        added: difference.added.length,
        changed: difference.changed.length,
        takenAway: difference.takenAway.length,
        rules: difference.rules.length + difference.moreRules,
      },
    },
    payload: JSON.stringify({ publication, difference } satisfies Logged),
  }
}

/** Takes over what reached the log and not the store: the process ended between the two. */
export async function takeOver(
  log: Pick<AuditLog, 'search' | 'open'>,
  store: Pick<PublicationStore, 'lastLogIndex' | 'add'>,
): Promise<void> {
  const last = await store.lastLogIndex()
  const missing: number[] = []
  let below = Number.POSITIVE_INFINITY
  // One by one: the newest is nearly always there already, and then nothing older is looked at.
  for (;;) {
    const [head] = await log.search({ kinds: ['publication'], below, limit: 1 })
    if (head === undefined || head.index <= last) break
    missing.push(head.index)
    below = head.index
  }
  for (const index of missing.toReversed()) {
    const payload = (await log.open(index))?.payload
    if (payload === undefined)
      throw new Error(`entry ${index} of the log is a publication that cannot be opened`)
    const { publication } = JSON.parse(new TextDecoder().decode(payload)) as Logged
    await store.add({ ...publication, by: publication.by, second: publication.second }, index)
  }
}

/** Without a digest: decisions that have one are the register's own. */
export const askEntry = ({ by, reason, digest }: PublicationAsk, number: number): NewEntry => ({
  kind: 'decision',
  ...(by.id.startsWith('person_') ? { subject: by.id } : {}),
  facts: { about: `publication/${number}`, version: String(number), decision: 'publish-asked' },
  payload: JSON.stringify({ reason, digest }),
})
