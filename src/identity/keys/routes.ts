import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { peerOf } from '#/core/http/peer.ts'
import { type Reply, type Route, route } from '#/core/http/route.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller, Person } from '#/core/role.ts'
import type { KeyView, MadeKey } from './api.ts'
import { boundsSchema } from './bounds.ts'
import type { Keys } from './keys.ts'
import type { Holder } from './make.ts'
import type { KeyRecord } from './record.ts'

interface Usable {
  readonly useCases: readonly { readonly id: string }[]
  readonly offerings: readonly { readonly id: string }[]
}

export interface KeyRouteServices {
  readonly keys: Keys
  readonly identify: (request: IncomingMessage) => Promise<Caller> | Caller
  /** What is open to a person now. */
  readonly usableFor: (person: Person) => Usable
  readonly policy: { readonly defaultDays: number; readonly maxDays: number }
}

const dayMs = 86_400_000

const newKey = z.strictObject({
  label: z.string().max(200).optional(),
  expiresInDays: z.int('it takes a whole number of days').min(1).max(3_650).optional(),
  bounds: boundsSchema.optional(),
  /** A service of mine. */
  service: z.string().max(63).optional(),
  /** A key of mine this one is made with. */
  parent: z.string().max(100).optional(),
})

/** Keys of those who ask, and everybody's for those who watch over them. */
export const keyRoutes = (services: KeyRouteServices): readonly Route[] => {
  const { keys, policy } = services
  return [
    route({
      method: 'GET',
      path: '/api/keys',
      need: 'person',
      reads: 'nothing',
      handle: ({ person }) => ({
        json: {
          keys: viewsOf(keys, (key) => key.person.id === person!.id),
          services: keys.services.list().filter(({ owner }) => owner.id === person!.id),
          policy: { defaultDays: policy.defaultDays, maxDays: policy.maxDays },
        },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/keys/all',
      need: ['owner', 'security'],
      reads: 'nothing',
      handle: () => ({ json: { keys: viewsOf(keys, () => true), services: keys.services.list() } }),
    }),
    route({
      method: 'POST',
      path: '/api/keys',
      need: 'caller',
      reads: newKey,
      handle: async ({ request, body }) =>
        created(await makeFor(await services.identify(request), body, services)),
    }),
    route({
      method: 'POST',
      path: '/api/keys/:id/rotate',
      need: 'person',
      reads: z.strictObject({ overlapHours: z.int().min(0).max(720).optional() }),
      handle: async ({ person, parameters, body }) => {
        const key = ownKey(keys, parameters['id'], person!)
        const overlapMs = (body.overlapHours ?? 24) * 3_600_000
        return created(await keys.rotate({ id: key.id, overlapMs, by: person!.id }))
      },
    }),
    route({
      method: 'POST',
      path: '/api/keys/:id/revoke',
      need: 'person',
      reads: z.strictObject({ reason: z.string().max(500).optional() }),
      handle: async ({ person, parameters, body }) => {
        const mayAny = person!.roles.some((role) => role === 'owner' || role === 'security')
        const { id } = ownKey(keys, parameters['id'], person!, mayAny)
        await keys.revoke({ id, by: person!.id, reason: body.reason ?? 'revoked at the page' })
        return { status: 204 }
      },
    }),
    route({
      method: 'POST',
      path: '/api/keys/leaked',
      // Whoever holds the text of a key could use it; ending it instead needs no permission.
      need: 'anyone',
      reads: z.strictObject({ keys: z.array(z.string().max(100)).min(1).max(100) }),
      handle: async ({ request, body }) => {
        const revoked = await keys.reportLeaked(body.keys, 'a report')
        if (revoked.length === 0 && keys.isTooMany(peerOf(request))) throw new Refusal('too-many-wrong-keys')
        return { json: { revoked: revoked.length } }
      },
    }),
  ]
}

const viewsOf = (keys: Keys, isShown: (key: KeyView) => boolean): readonly KeyView[] =>
  keys
    .list()
    .filter(isShown)
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))

const created = ({ id, key, expiresAtMs }: MadeKey): Reply => ({
  status: 201,
  headers: { 'cache-control': 'no-store' },
  json: { id, key, expiresAt: new Date(expiresAtMs).toISOString() },
})

/** A person makes keys of their own; whoever comes with a key makes children of that very key and nothing else. */
async function makeFor(
  caller: Caller,
  asked: z.infer<typeof newKey>,
  { keys, usableFor }: KeyRouteServices,
): Promise<MadeKey> {
  const bounds = asked.bounds ?? {}
  assertOpen(bounds, () => usableFor(caller.person))
  return keys.make({
    holder: holderFor(caller, asked, keys),
    bounds,
    lifeMs: asked.expiresInDays === undefined ? undefined : asked.expiresInDays * dayMs,
    label: asked.label,
    by: caller.keyId ?? caller.person.id,
  })
}

/** One answer for what is not there and what is not theirs: whoever may not use it need not learn of it. */
function assertOpen({ useCase, offerings = [] }: KeyBounds, usable: () => Usable): void {
  if (useCase === undefined && offerings.length === 0) return
  const reached = usable()
  const has = (list: Usable['useCases'], id: string): boolean => list.some((each) => each.id === id)
  if (useCase !== undefined && !has(reached.useCases, useCase))
    throw new Refusal('request-invalid', {
      field: 'useCase',
      problem: 'no use case of this id is open to you',
    })
  if (!offerings.every((id) => has(reached.offerings, id)))
    throw new Refusal('request-invalid', {
      field: 'offerings',
      problem: 'one of them is no offering that is open to you',
    })
}

function holderFor({ person, keyId }: Caller, asked: z.infer<typeof newKey>, keys: Keys): Holder {
  if (keyId !== undefined) {
    const parent = keys.find(keyId)
    // The token of a signed-in tool lives an hour: a key of months is made by the person, at the page.
    if (parent === undefined)
      throw new Refusal('request-invalid', {
        field: 'authorization',
        problem: 'a signed-in tool makes no keys',
      })
    if (asked.service !== undefined || (asked.parent !== undefined && asked.parent !== keyId)) {
      const problem = 'a key makes keys below itself only'
      throw new Refusal('request-invalid', {
        field: asked.service === undefined ? 'parent' : 'service',
        problem,
      })
    }
    return { parent }
  }
  if (asked.parent !== undefined) return { parent: ownKey(keys, asked.parent, person) }
  if (asked.service === undefined) return { personId: person.id, serviceId: undefined }
  const service = keys.services.find(asked.service)
  if (service?.ownerId !== person.id) throw new Refusal('not-found', { what: 'service' })
  return { personId: person.id, serviceId: service.id }
}

function ownKey(keys: Keys, id: string | undefined, person: Person, mayAny = false): KeyRecord {
  const key = id === undefined ? undefined : keys.find(id)
  if (key === undefined || !(mayAny || keys.ownerOf(key) === person.id))
    throw new Refusal('not-found', { what: 'key' })
  return key
}
