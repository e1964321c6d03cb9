import type { Clock } from '#/core/clock.ts'
import { hashOf } from '../keys/key-text.ts'
import type { AccessRecord } from './store.ts'
import { newToken } from './token-text.ts'

/** Access tokens of one device that work at a time: its windows refresh on their own. The oldest ends first. */
const maxPerDevice = 8

/** The access tokens in memory, by their hash: an exchange costs one SHA-256 and one look-up, as with a key. */
export interface Access {
  /** A new one; it works once it is kept. */
  readonly make: (deviceId: string) => { readonly text: string; readonly record: AccessRecord }
  readonly keep: (record: AccessRecord) => void
  /** The device of a token that has not ended. */
  readonly find: (text: string) => string | undefined
  readonly forgetAllOf: (deviceId: string) => void
  readonly forgetOld: () => void
}

export function createAccess(lifeMs: number, clock: Clock): Access {
  const byHash = new Map<string, AccessRecord>()
  // In the order they were made, which is the order they end.
  const byDevice = new Map<string, string[]>()

  return {
    make: (deviceId) => {
      const text = newToken('access')
      return { text, record: { hash: hashOf(text), deviceId, expiresAt: clock.now() + lifeMs } }
    },
    keep: (record) => {
      byHash.set(record.hash, record)
      const hashes = byDevice.get(record.deviceId) ?? []
      byDevice.set(record.deviceId, hashes)
      hashes.push(record.hash)
      if (hashes.length > maxPerDevice) byHash.delete(hashes.shift() as string)
    },
    find: (text) => {
      const record = byHash.get(hashOf(text))
      return record !== undefined && record.expiresAt > clock.now() ? record.deviceId : undefined
    },
    forgetAllOf: (deviceId) => {
      for (const hash of byDevice.get(deviceId) ?? []) byHash.delete(hash)
      byDevice.delete(deviceId)
    },
    forgetOld: () => {
      for (const [deviceId, hashes] of byDevice) {
        const left = hashes.filter((hash) => {
          const isOver = (byHash.get(hash)?.expiresAt ?? 0) <= clock.now()
          if (isOver) byHash.delete(hash)
          return !isOver
        })
        if (left.length > 0) byDevice.set(deviceId, left)
        else byDevice.delete(deviceId)
      }
    },
  }
}
