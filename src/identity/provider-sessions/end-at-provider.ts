import type { RelyingParty } from '../oidc/relying-party.ts'
import { signedOutPath } from './logout-paths.ts'
import type { ProviderSessions } from './provider-sessions.ts'

export interface EndAtProvider {
  /** The name of the provider a session came from, where one can sign out, too. */
  readonly signOutAt: (session: string) => string | undefined
  /** Gives how to go on there, to be called when the sessions here are over; undefined where it offers nothing. */
  readonly readEndSession: (session: string) => Promise<() => Promise<URL | undefined>>
}

export interface EndAtProviderServices {
  readonly providerSessions: Pick<ProviderSessions, 'find' | 'secretsOf'>
  readonly partyOf: (provider: string) => RelyingParty | undefined
  readonly publicUrl: () => string
  readonly onError: (error: unknown) => void
}

/** Signing out at the provider as well (OpenID Connect RP-Initiated Logout 1.0): the browser is sent there at the end. */
export function endAtProvider(services: EndAtProviderServices): EndAtProvider {
  const { providerSessions, partyOf, publicUrl, onError } = services
  const partyOfSession = (session: string): RelyingParty | undefined => {
    const held = providerSessions.find(session)
    const party = held && partyOf(held.record.provider)
    // Google has no address for it; the development provider asks for the password every time.
    const offersNone =
      party === undefined || party.provider.shape === 'google' || party.provider.isDevelopment
    return offersNone ? undefined : party
  }
  return {
    signOutAt: (session) => partyOfSession(session)?.provider.name,
    readEndSession: async (session) => {
      const party = partyOfSession(session)
      const secrets = party && (await providerSessions.secretsOf(session))
      return async () => {
        try {
          return await party?.endSession(secrets?.idToken, `${publicUrl()}${signedOutPath}`)
        } catch (error) {
          // The sessions here are over all the same, and the page says that the other one is not.
          onError(error)
          return undefined
        }
      }
    },
  }
}
