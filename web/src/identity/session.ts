import type { Role } from '#/core/role.ts'
import { ask } from '../core/ask.ts'

/** `GET /api/session`: who is signed in here, if anyone. */
export interface Session {
  readonly person: SignedIn | null
  readonly csrf: string | null
  /** When the session ends unless it is used; only while there is one. */
  readonly endsInMs?: number
  readonly isDevelopment: boolean
  /** Accounts of the embedded provider; only with it. */
  readonly accounts?: readonly string[]
}

export interface SignedIn {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** Quietly: without counting as use of the session. */
export const readSession = (isQuiet = false): Promise<Session> =>
  ask<Session>(isQuiet ? '/api/session?quietly' : '/api/session')

/** Where somebody is in the page, to come back to. */
export const placeHere = (): string => `/${window.location.hash}`

/** With `isStepUp` the provider asks again, whoever is signed in there. */
export const signInAddress = (next: string, isStepUp = false): string =>
  `/sign-in?${isStepUp ? 'step-up=1&' : ''}next=${encodeURIComponent(next)}`

export const signOut = (csrf: string): Promise<void> =>
  ask<void>('/api/sign-out', { method: 'POST', headers: { 'x-sallyport-csrf': csrf } })

/** Ends every session and tool of whoever asks; gives where the browser goes on to sign out at the provider, too. */
export const signOutAtProvider = (csrf: string): Promise<{ readonly continueAt: string | null }> =>
  ask('/api/sessions?at-provider', { method: 'DELETE', headers: { 'x-sallyport-csrf': csrf } })
