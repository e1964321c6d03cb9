import { withBytes } from '#/core/with-bytes.ts'
import type { NewEntry } from './api.ts'

type Payload = NewEntry['payload']

/** What a payload weighs before it is sealed: UTF-16 units of text, or bytes. */
export const unitsOf = (payload: Payload): number =>
  payload === undefined
    ? 0
    : payload instanceof Uint8Array || typeof payload === 'string'
      ? payload.length
      : payload.reduce((sum, piece) => sum + piece.length, 0)

/** One space serves every payload that fits: they are sealed one after the other. */
const scratch = Buffer.alloc(1_024 * 1_024)

/** Hands over the bytes of a payload in one row, which are good until `use` returns. */
export const joined = <T>(payload: NonNullable<Payload>, use: (bytes: Uint8Array) => T): T =>
  payload instanceof Uint8Array
    ? use(payload)
    : withBytes(typeof payload === 'string' ? [payload] : payload, scratch, use)
