/**
 * A payload in parts. What is sealed is a list of parts and, behind it, the text that is new with this entry:
 *
 *     count | count × (back | offset | length) | new text
 *
 * Numbers are unsigned LEB128. A part is `length` bytes from `offset` in the new text of the entry `back` before this
 * one; 0 is this entry itself. An entry whose payload is not in parts is, as a whole, new text. Parts lead to new text
 * only and never to other parts, so one step reaches everything.
 */
export interface Part {
  readonly back: number
  readonly offset: number
  readonly length: number
}

/** Above this many an entry is sealed whole again: opening one must not mean reading thousands of others. */
export const mostParts = 1_024
/** What a header says of a payload that is in parts. */
export const partsFormat = 2

export function writeParts(parts: readonly Part[]): Buffer {
  const numbers = [parts.length, ...parts.flatMap(({ back, offset, length }) => [back, offset, length])]
  const bytes: number[] = []
  for (let number of numbers) {
    while (number >= 128) {
      bytes.push((number % 128) + 128)
      number = Math.floor(number / 128)
    }
    bytes.push(number)
  }
  return Buffer.from(bytes)
}

/** Undefined when the bytes hold no list of parts that fits them. */
export function readParts(
  sealed: Buffer,
): { readonly parts: readonly Part[]; readonly newText: Buffer } | undefined {
  let at = 0
  const next = (): number => {
    let number = 0
    for (let scale = 1; at < sealed.length && scale < 2 ** 49; scale *= 128) {
      const byte = sealed[at++] as number
      number += (byte % 128) * scale
      if (byte < 128) return number
    }
    return Number.NaN
  }
  const count = next()
  if (!(count <= mostParts)) return undefined
  const parts: Part[] = []
  for (let part = 0; part < count; part++) parts.push({ back: next(), offset: next(), length: next() })
  const newText = sealed.subarray(at)
  const isSound = parts.every(
    ({ back, offset, length }) =>
      Number.isSafeInteger(back + offset + length) && (back > 0 || offset + length <= newText.length),
  )
  return isSound ? { parts, newText } : undefined
}
