import type { IncomingMessage } from 'node:http'
import { Refusal } from '#/core/refusal.ts'
import type { Door } from '../door.ts'
import type { Sessions } from './sessions.ts'

/**
 * Refuses whoever signed in too long ago for something grave. A provider that does not say when that was has proved
 * nothing. With 0 minutes nothing is asked for.
 */
export function createFreshness(
  sessionOf: Door['sessionOf'],
  sessions: Pick<Sessions, 'signedInAgoMs'>,
  minutes: number,
): (request: IncomingMessage) => void {
  return (request) => {
    if (minutes === 0) return
    const session = sessionOf(request)
    if (session === undefined) throw new Refusal('sign-in-needed')
    const agoMs = sessions.signedInAgoMs(session.id)
    if (agoMs === undefined || agoMs > minutes * 60_000) throw new Refusal('step-up-needed', { minutes })
  }
}
