import type { IncomingMessage } from 'node:http'
import { Refusal } from '#/core/refusal.ts'
import type { Door } from '../door.ts'
import type { Sessions } from './sessions.ts'

/**
 * Refuses whoever signed in too long ago for something grave, or more weakly than the settings of their provider ask for
 * then: an ordinary sign-in a minute ago is no proof of the second factor. A provider that does not say when that was has
 * proved nothing. With 0 minutes nothing is asked for.
 */
export function createFreshness(
  sessionOf: Door['sessionOf'],
  sessions: Pick<Sessions, 'signedInAgoMs'>,
  minutes: number,
  acrOf: (issuer: string) => string | undefined,
): (request: IncomingMessage) => void {
  return (request) => {
    if (minutes === 0) return
    const session = sessionOf(request)
    if (session === undefined) throw new Refusal('sign-in-needed')
    const agoMs = sessions.signedInAgoMs(session.id)
    const acr = acrOf(session.person.issuer)
    const isStrong = acr === undefined || session.signedIn.acr === acr
    if (!isStrong || agoMs === undefined || agoMs > minutes * 60_000)
      throw new Refusal('step-up-needed', { minutes })
  }
}
