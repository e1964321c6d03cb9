import { machineOf } from '#/core/network.ts'
import { type KeyUse, unused } from './record.ts'

/** Machines that are remembered for a key; beyond it the one not seen for longest is forgotten. */
export const keptMachines = 32

const hourMs = 3_600_000

/** What keys are used for: when last, how often, from which machines. In memory, stored now and then. */
export interface Uses {
  readonly of: (keyId: string) => KeyUse
  readonly note: (keyId: string, peer: string) => void
  readonly forget: (keyId: string) => void
  /** What changed since the last time. Call `putBack` when it could not be stored. */
  readonly take: () => ReadonlyMap<string, KeyUse>
  readonly putBack: (taken: ReadonlyMap<string, KeyUse>) => void
}

interface Use {
  lastUsedAt: number | undefined
  uses: number
  /** The newest last. */
  readonly machines: Map<string, number>
  /** The address of the last use and its machine: mostly the next use comes from there, too. */
  peer: string
  machine: string
  hour: number
  readonly machinesThisHour: Set<string>
}

export interface UsesServices {
  readonly now: () => number
  readonly stored: Iterable<readonly [keyId: string, use: KeyUse]>
  /** From so many machines within one hour of the clock a key is told of, once an hour; 0 for never. */
  readonly alertMachines: number
  readonly onManyMachines: (keyId: string, machines: number) => void
}

export function createUses({ now, stored, alertMachines, onManyMachines }: UsesServices): Uses {
  const known = new Map<string, Use>()
  const changed = new Set<string>()
  for (const [keyId, use] of stored) known.set(keyId, open(use))

  const countMachine = (keyId: string, use: Use, at: number): void => {
    const hour = Math.floor(at / hourMs)
    if (use.hour !== hour) {
      use.hour = hour
      use.machinesThisHour.clear()
    }
    // Once it has been told of, nothing more is kept this hour.
    if (alertMachines === 0 || use.machinesThisHour.size >= alertMachines) return
    use.machinesThisHour.add(use.machine)
    if (use.machinesThisHour.size >= alertMachines) onManyMachines(keyId, use.machinesThisHour.size)
  }

  return {
    of: (keyId) => {
      const use = known.get(keyId)
      return use === undefined ? unused : closed(use)
    },
    note: (keyId, peer) => {
      let use = known.get(keyId)
      if (use === undefined) {
        use = open(unused)
        known.set(keyId, use)
      }
      const at = now()
      use.lastUsedAt = at
      use.uses++
      changed.add(keyId)
      if (use.peer !== peer) {
        use.peer = peer
        use.machine = machineOf(peer)
        use.machines.delete(use.machine)
      }
      use.machines.set(use.machine, at)
      if (use.machines.size > keptMachines) use.machines.delete(use.machines.keys().next().value as string)
      countMachine(keyId, use, at)
    },
    forget: (keyId) => {
      known.delete(keyId)
      changed.delete(keyId)
    },
    take: () => {
      const taken = new Map<string, KeyUse>()
      for (const keyId of changed) taken.set(keyId, closed(known.get(keyId) as Use))
      changed.clear()
      return taken
    },
    putBack: (taken) => {
      for (const keyId of taken.keys()) if (known.has(keyId)) changed.add(keyId)
    },
  }
}

const open = ({ lastUsedAt, uses, machines }: KeyUse): Use => ({
  lastUsedAt,
  uses,
  machines: new Map(machines),
  peer: '',
  machine: '',
  hour: -1,
  machinesThisHour: new Set(),
})

const closed = ({ lastUsedAt, uses, machines }: Use): KeyUse => ({
  lastUsedAt,
  uses,
  machines: [...machines],
})
