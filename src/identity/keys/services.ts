import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import { readPlain } from './plain.ts'
import type { ServiceRecord } from './record.ts'
import type { KeyStore } from './store.ts'

/** More is a program that makes them in a loop. */
const mostServices = 2_000

export interface ServiceView {
  readonly id: string
  readonly label: string
  readonly owner: { readonly id: string; readonly email: string }
  readonly createdAt: string
}

/** Applications that have keys of their own. Each has one person who answers for it, now. */
export interface Services {
  readonly find: (id: string) => ServiceRecord | undefined
  readonly list: () => readonly ServiceView[]
  /** Makes one, or gives one that is there another label or owner. */
  readonly save: (asked: {
    readonly id: string
    readonly label: string | undefined
    readonly owner: string
    readonly by: string
  }) => Promise<ServiceView>
}

export interface ServicesParts {
  readonly store: KeyStore
  readonly people: Pick<People, 'find' | 'findOrInvite'>
  readonly writeEntry: WriteEntry
  readonly clock: Clock
}

export async function openServices({ store, people, writeEntry, clock }: ServicesParts): Promise<Services> {
  const services = new Map((await store.readServices()).map((service) => [service.id, service]))

  const viewOf = (service: ServiceRecord): ServiceView => ({
    id: service.id,
    label: service.label,
    owner: { id: service.ownerId, email: (people.find(service.ownerId) as Person).email },
    createdAt: new Date(service.createdAt).toISOString(),
  })

  return {
    find: (id) => services.get(id),
    list: () => [...services.values()].map(viewOf),
    save: async ({ id, label, owner, by }) => {
      if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) {
        const problem = 'it takes up to 63 lower-case letters, digits and hyphens'
        throw new Refusal('request-invalid', { field: 'service', problem })
      }
      const before = services.get(id)
      if (before === undefined && services.size >= mostServices)
        throw new Refusal('request-invalid', {
          field: 'service',
          problem: `there are ${mostServices} already`,
        })
      const person = await people.findOrInvite(owner)
      const service: ServiceRecord = {
        id,
        label: readPlain('label', label, 200) ?? before?.label ?? id,
        ownerId: person.id,
        createdBy: before?.createdBy ?? by,
        createdAt: before?.createdAt ?? clock.now(),
      }
      const decision = before === undefined ? 'service made' : 'service given to its owner'
      await writeEntry({
        kind: 'service-changed',
        subject: person.id,
        facts: { about: by, service: id, decision },
      })
      await store.saveService(service)
      services.set(id, service)
      return viewOf(service)
    },
  }
}
