/**
 * The classifier of secrets: a logistic regression over hashed features, its weights a parameter, so that the room
 * stays pure and a page may go without them. How they are trained stands in `catalogue/secrets/SOURCES.md`.
 */
import type { Detector } from '../detector.ts'
import { accountNames } from './accounts.ts'
import type { SecretCandidate } from './candidates.ts'
import { featuresOf, weightCount } from './features.ts'
import { letterTableSize } from './letters.ts'
import { markedSecrets } from './marked.ts'
import { pairedSecrets } from './pairs.ts'
import { placedSecrets } from './placed.ts'
import { serviceKeys } from './services.ts'
import { toldPasswords } from './told.ts'

export interface SecretModel {
  /** Changes with the weights. */
  readonly version: string
  /** Detectors that come with the weights, after those of the list. */
  readonly detectors: readonly Detector[]
  /** How likely a candidate is a secret, from 0 to 1. */
  readonly probability: (text: string, candidate: SecretCandidate) => number
}

/** Name of the format, then scale and bias as 32-bit floats, the table of letters, the weights. */
const mark = 'SPSECRT1'
const headerBytes = mark.length + 8

export const secretModelBytes = headerBytes + letterTableSize + weightCount

/** Throws a plain Error when the bytes are no weights of this version. */
export function loadSecretModel(bytes: Uint8Array): SecretModel {
  if (
    bytes.length !== secretModelBytes ||
    !mark.split('').every((unit, at) => bytes[at] === unit.charCodeAt(0))
  )
    throw new Error(
      `the weights of the classifier of secrets are ${secretModelBytes} bytes that begin with ${mark}`,
    )
  // A copy of its own: what is given may be a view into something larger that changes.
  const { buffer } = Uint8Array.from(bytes)
  const view = new DataView(buffer)
  const scale = view.getFloat32(mark.length, true)
  const bias = view.getFloat32(mark.length + 4, true)
  const letters = new Int8Array(buffer, headerBytes, letterTableSize)
  const weights = new Int8Array(buffer, headerBytes + letterTableSize, weightCount)
  return {
    version: versionOf(bytes),
    detectors: [
      serviceKeys,
      ...placedSecrets,
      ...markedSecrets,
      ...accountNames,
      ...toldPasswords,
      ...pairedSecrets,
    ],
    probability: (text, candidate) => {
      const features = featuresOf(text, candidate, letters)
      let sum = 0
      for (const feature of features) sum += weights[feature] as number
      return 1 / (1 + Math.exp(-(bias + (sum * scale) / Math.sqrt(features.length))))
    },
  }
}

export interface SecretWeights {
  readonly scale: number
  readonly bias: number
  readonly letters: Int8Array
  readonly weights: Int8Array
}

/** The bytes `loadSecretModel` reads. */
export function writeSecretModel({ scale, bias, letters, weights }: SecretWeights): Uint8Array {
  const bytes = new Uint8Array(secretModelBytes)
  const view = new DataView(bytes.buffer)
  for (const [at, unit] of [...mark].entries()) bytes[at] = unit.charCodeAt(0)
  view.setFloat32(mark.length, scale, true)
  view.setFloat32(mark.length + 4, bias, true)
  bytes.set(new Uint8Array(letters.buffer), headerBytes)
  bytes.set(new Uint8Array(weights.buffer), headerBytes + letterTableSize)
  return bytes
}

/** FNV-1a of the bytes. */
function versionOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
