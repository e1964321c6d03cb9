import type { Configuration } from 'openid-client'
import type { Clock } from '#/core/clock.ts'
import type { Fetch } from '../bounded-fetch.ts'
import { createDiscovery } from '../discovery.ts'
import type { SignInProvider } from '../provider.ts'
import { adviseFor } from './advice.ts'
import { checkClient, checkRedirect } from './client.ts'
import { checkClock, checkDocument, checkKeys, explainDiscovery } from './document.ts'
import { type Finding, note, ok } from './finding.ts'
import { checkLasting } from './lasting.ts'

export interface ProviderCheck {
  readonly provider: string
  readonly name: string
  /** To register at the provider, letter by letter. */
  readonly redirectUri: string
  readonly findings: readonly Finding[]
}

export interface CheckServices {
  readonly provider: SignInProvider
  readonly redirectUri: string
  /** How many providers the settings name. */
  readonly providers: number
  readonly clock: Clock
  readonly fetch: Fetch
}

/** Asks a provider everything a sign-in will need, as far as that works without a person. Changes nothing anywhere. */
export async function checkProvider(services: CheckServices): Promise<ProviderCheck> {
  const { provider, redirectUri } = services
  const findings = [
    note('redirect-uri', `register this redirect address at the provider: ${redirectUri}`),
    ...(await checkAnswers(services)),
    ...adviseFor(provider, services.providers),
  ]
  return { provider: provider.id, name: provider.name, redirectUri, findings }
}

async function checkAnswers(services: CheckServices): Promise<readonly Finding[]> {
  const { provider, redirectUri, clock } = services
  let answeredAt: number | undefined
  let date: string | null = null
  const fetch: Fetch = async (url, init) => {
    const response = await services.fetch(url, init)
    if (answeredAt === undefined) {
      answeredAt = clock.now()
      date = response.headers.get('date')
    }
    return response
  }
  let configuration: Configuration
  try {
    configuration = await createDiscovery({ provider, clock, fetch })()
  } catch (error) {
    const isAnswered = answeredAt !== undefined
    return [explainDiscovery(error, provider), ...(isAnswered ? checkClock(date, answeredAt) : [])]
  }
  const metadata = configuration.serverMetadata()
  return [
    ok('discovery', `the provider answers and calls itself ${metadata.issuer}`),
    ...checkClock(date, answeredAt),
    ...checkDocument(metadata, provider),
    ...checkLasting(metadata, provider, redirectUri),
    await checkKeys(metadata, fetch),
    await checkClient(configuration, provider, redirectUri),
    await checkRedirect(configuration, provider, redirectUri, fetch),
  ]
}
