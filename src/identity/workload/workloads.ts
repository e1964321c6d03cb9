import type { Clock } from '#/core/clock.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { Refusal } from '#/core/refusal.ts'
import type { WorkloadSettings } from '#/settings/api.ts'
import type { MadeKey } from '../keys/api.ts'
import type { Keys } from '../keys/keys.ts'
import type { People } from '../people.ts'
import { fitsClaims } from './claims.ts'
import { type Claims, createPlatform, type Platform, readToken, TokenRefused } from './platform.ts'
import type { UsedTokens } from './used-tokens.ts'

const minuteMs = 60_000

export interface Workloads {
  /** A key for a token of a platform. Rejects with `TokenRefused`, `PlatformAway`, and a refusal of keys. */
  readonly exchange: (token: string) => Promise<MadeKey>
  /** What of the settings cannot serve, because a service or a use case is not there. */
  readonly problems: () => readonly string[]
}

export interface WorkloadParts {
  readonly workloads: readonly WorkloadSettings[]
  readonly keys: Keys
  readonly people: Pick<People, 'findCurrent'>
  readonly assertKnown: (bounds: KeyBounds) => void
  readonly clock: Clock
  readonly usedTokens: UsedTokens
}

/** Applications that prove by their platform who they are, and store no secret at all. */
export function createWorkloads(parts: WorkloadParts): Workloads {
  const { workloads, keys, people, assertKnown, clock, usedTokens } = parts
  const platforms = new Map<string, Platform>()
  for (const { issuer, jwksUrl } of workloads)
    if (!platforms.has(issuer)) platforms.set(issuer, createPlatform({ issuer, jwksUrl, clock }))

  return {
    exchange: async (token) => {
      const { iss } = readToken(token).claims
      const platform = typeof iss === 'string' ? platforms.get(iss) : undefined
      if (platform === undefined) throw new TokenRefused('its issuer is none of the settings')
      const claims = await platform.verify(token)
      const workload = workloads.find((each) => each.issuer === iss && isFor(each, claims))
      if (workload === undefined) throw new TokenRefused('it fits no workload of the settings')
      if (!workload.singleUse) return makeKey(workload, claims)
      const takeBack = await usedTokens.use(claims)
      try {
        return await makeKey(workload, claims)
      } catch (error) {
        await takeBack()
        throw error
      }
    },
    problems: () =>
      workloads.flatMap(({ id, service, useCase }) => {
        const here = `the workload ${id} of the settings cannot serve`
        return [
          ...(keys.services.find(service) === undefined
            ? [`${here}: there is no service ${service} (bin/sallyport service set ${service} --owner EMAIL)`]
            : []),
          ...(isKnown(useCase) ? [] : [`${here}: there is no use case ${useCase}`]),
        ]
      }),
  }

  function isKnown(useCase: string): boolean {
    try {
      assertKnown({ useCase })
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }

  async function makeKey(workload: WorkloadSettings, claims: Claims): Promise<MadeKey> {
    const service = keys.services.find(workload.service)
    if (service === undefined || !isKnown(workload.useCase))
      throw new TokenRefused('its workload names a service or a use case that is not there')
    if (people.findCurrent(service.ownerId) === undefined)
      throw new TokenRefused('the owner of its service has no access')
    return keys.make({
      holder: { personId: service.ownerId, serviceId: service.id },
      bounds: { useCase: workload.useCase, highestClass: workload.highestClass },
      lifeMs: workload.lifeMinutes * minuteMs,
      label: undefined,
      workload: { id: workload.id, proof: JSON.stringify(proofOf(claims)) },
      by: `workload:${workload.id}`,
    })
  }
}

/** For whom the token was made: for nobody but this gate, or others it was made for could come with it. */
function isFor({ audience, claims: wanted }: WorkloadSettings, claims: Claims): boolean {
  const { aud } = claims
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  return audiences.length === 1 && audiences[0] === audience && fitsClaims(wanted, claims)
}

/** What the log keeps, sealed, of who came. */
const proofOf = ({ iss, sub, jti, iat }: Claims): object => ({ iss, sub, jti, iat })
