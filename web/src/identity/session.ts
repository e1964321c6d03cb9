import type { Role } from '#/core/role.ts'
import { ask } from '../core/ask.ts'

/** `GET /api/session`: who is signed in here, if anyone. */
export interface Session {
  readonly person: SignedIn | null
  readonly csrf: string | null
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

export const readSession = (): Promise<Session> => ask<Session>('/api/session')

/** Where somebody is in the page, to come back to. */
export const placeHere = (): string => `/${window.location.hash}`

export const signInAddress = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`

export const signOut = (csrf: string): Promise<void> =>
  ask<void>('/api/sign-out', { method: 'POST', headers: { 'x-sallyport-csrf': csrf } })
