import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { Refusal } from '#/core/refusal.ts'
import type { People } from '../people.ts'
import type { MadeKey } from './api.ts'
import { boundsSchema } from './bounds.ts'
import type { Keys } from './keys.ts'
import type { Holder } from './make.ts'
import type { KeyRecord } from './record.ts'

const dayMs = 86_400_000

/** A key as the command line asks for it: of a person by e-mail, of a service, or below another key. */
export interface KeyRequest {
  readonly email?: string | undefined
  readonly service?: string | undefined
  readonly parent?: string | undefined
  readonly useCase?: string | undefined
  readonly bounds?: Omit<KeyBounds, 'useCase'> | undefined
  /** Left out, as `expiresInMs` is: the usual life of `identity.keys`. */
  readonly expiresInDays?: number | undefined
  /** Instead of whole days. */
  readonly expiresInMs?: number | undefined
  readonly label?: string | undefined
  readonly by: string
}

export interface KeyControlParts {
  readonly keys: Keys
  readonly people: Pick<People, 'findOrInvite'>
}

export const createKeyWith =
  ({ keys, people }: KeyControlParts) =>
  async (asked: KeyRequest): Promise<MadeKey> => {
    const { expiresInDays: days } = asked
    if (days !== undefined && !Number.isInteger(days)) throw daysInvalid()
    if (asked.useCase !== undefined && (asked.useCase.length > 100 || /\p{Cc}/u.test(asked.useCase)))
      throw new Refusal('request-invalid', {
        field: 'useCase',
        problem: 'it must be one line of at most 100 characters',
      })
    const bounds = readWith(boundsSchema, asked.bounds ?? {})
    return keys.make({
      holder: await holderOf(asked, keys, people),
      bounds: { ...bounds, ...(asked.useCase === undefined ? {} : { useCase: asked.useCase }) },
      lifeMs: days === undefined ? asked.expiresInMs : days * dayMs,
      label: asked.label,
      by: asked.by,
    })
  }

async function holderOf(
  { email, service: serviceId, parent: parentId }: KeyRequest,
  keys: Keys,
  people: KeyControlParts['people'],
): Promise<Holder> {
  const given = [email, serviceId, parentId].filter((each) => each !== undefined)
  if (given.length !== 1)
    throw new Refusal('request-invalid', {
      field: 'email',
      problem: 'a key needs one of a person, a service or a parent',
    })
  if (parentId !== undefined) {
    const parent: KeyRecord | undefined = keys.find(parentId)
    if (parent === undefined) throw new Refusal('not-found', { what: 'key' })
    return { parent }
  }
  if (serviceId === undefined) return { personId: (await people.findOrInvite(email ?? '')).id, serviceId }
  const service = keys.services.find(serviceId)
  if (service === undefined) throw new Refusal('not-found', { what: 'service' })
  return { personId: service.ownerId, serviceId }
}

const daysInvalid = (): Refusal =>
  new Refusal('request-invalid', { field: 'expiresInDays', problem: 'it must be a whole number of days' })

/** What the command line asks of keys besides making and ending one. */
export const keyHandlers = (keys: Keys): ControlHandlers => ({
  'key.rotate': async (input: { readonly id: string; readonly overlapMs: number; readonly by: string }) =>
    keys.rotate(input),
  'key.list': async () => ({ keys: keys.list() }),
  'key.leaked': async (input: unknown) => {
    const { texts, where } = readWith(leakedSchema, input)
    return { revoked: await keys.reportLeaked(texts, where) }
  },
  'service.save': async (input: Parameters<Keys['services']['save']>[0]) => keys.services.save(input),
  'service.list': async () => ({ services: keys.services.list() }),
})

const leakedSchema = z.strictObject({
  texts: z.array(z.string().max(100)).max(1_000),
  where: z.enum(['a scan']),
})
