import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { WriteEntry } from '../entry.ts'
import type { LeakedKey } from './end.ts'
import type { KeyServices } from './keys.ts'

export interface WarningParts {
  readonly writeEntry: WriteEntry
  readonly writeLine: WriteLine
  readonly onLeaked: ((leaked: LeakedKey) => void) | undefined
}

/** What somebody must hear of keys: an entry each, and a line for the operator, who alone reads the address there. */
export function createKeyWarnings({
  writeEntry,
  writeLine,
  onLeaked,
}: WarningParts): Pick<KeyServices, 'onTooManyTries' | 'onManyMachines' | 'onLeaked'> {
  const write = (entry: Parameters<WriteEntry>[0]): void =>
    void writeEntry(entry).catch((error: unknown) =>
      writeLine({ level: 'error', what: 'an alert could not be logged', problem: describeError(error) }),
    )
  return {
    onTooManyTries: ({ machine, tries }) => {
      const from = machine === '' ? 'many addresses together' : 'one address'
      write({
        kind: 'alert',
        facts: { reason: `refused keys from ${from}`, counts: { tries } },
        payload: JSON.stringify({ address: machine }),
      })
      writeLine({
        level: 'warning',
        what: `keys are tried: ${tries} refused within a minute`,
        problem: machine || from,
      })
    },
    onManyMachines: (key, machines) => {
      write({
        kind: 'alert',
        subject: key.personId,
        facts: {
          keyId: key.id,
          ...(key.serviceId === undefined ? {} : { service: key.serviceId }),
          reason: 'one key from many addresses within an hour',
          counts: { addresses: machines },
        },
      })
      writeLine({
        level: 'warning',
        what: `the key ${key.id} came from ${machines} addresses within an hour`,
      })
    },
    onLeaked: (leaked) => {
      writeLine({
        level: 'warning',
        what: `the key ${leaked.keyId} was seen in: ${leaked.where}; it is revoked`,
      })
      onLeaked?.(leaked)
    },
  }
}
