import type { AuditLog, NewEntry } from '#/audit/api.ts'
import type { Closing, Firing } from './api.ts'
import type { TriggerStore } from './store.ts'

/** Triggers as they stand in the log: an alert each time one fires, a decision when somebody has looked at it. */

const about = 'trigger/'

export const firingEntry = (firing: Firing): NewEntry => ({
  kind: 'alert',
  ...(firing.per === 'person' ? { subject: firing.target } : {}),
  facts: {
    about: `${about}${firing.trigger}`,
    decision: firing.problem === undefined ? firing.action : `${firing.action}-failed`,
    reason: firing.condition,
    ...(firing.per === 'offering' ? { offering: firing.target } : {}),
    ...(firing.per === 'use-case' ? { useCase: firing.target } : {}),
    ...(firing.per === 'key' ? { keyId: firing.target } : {}),
  },
  payload: JSON.stringify({ firing }),
})

export const closingEntry = ({ id, trigger }: Firing, closing: Closing): NewEntry => ({
  kind: 'decision',
  ...(closing.by.id.startsWith('person_') ? { subject: closing.by.id } : {}),
  facts: { about: `${about}${trigger}`, decision: 'closed', reason: 'looked-at' },
  payload: JSON.stringify({ closed: id, closing }),
})

/** As many as a search of the log gives. */
const mostMissing = 10_000

/** Takes over what reached the log and not the store: the process ended between the two. */
export async function takeOver(log: Pick<AuditLog, 'search' | 'open'>, store: TriggerStore): Promise<void> {
  const last = await store.lastLogIndex()
  const heads = await log.search({ kinds: ['alert', 'decision'], limit: mostMissing })
  const missing = heads.filter(({ index, facts }) => index > last && facts.about?.startsWith(about))
  for (const { index } of missing.toReversed()) {
    const payload = (await log.open(index))?.payload
    // Erased since: there is nothing left to look at.
    if (payload === undefined) continue
    const { firing, closed, closing } = JSON.parse(new TextDecoder().decode(payload)) as {
      readonly firing?: Firing
      readonly closed?: string
      readonly closing?: Closing
    }
    if (firing !== undefined) await store.insert({ ...firing, problem: firing.problem }, index)
    if (closed !== undefined && closing !== undefined) await store.close(closed, closing, index)
  }
}
