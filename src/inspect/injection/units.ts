/**
 * UTF-16 units of a text as an array, and back. Both through the encoders every runtime has: they copy whole blocks, which
 * is several times as fast as a loop that asks a text for each unit, and as fast for every kind of text there is in memory.
 */

/** Of the standard (Encoding, WHATWG), as far as it is used here; the types of this folder are those of no runtime. */
declare const TextEncoder: new () => {
  encodeInto(text: string, bytes: Uint8Array): { readonly read: number; readonly written: number }
}
declare const TextDecoder: new (
  label?: string,
  options?: { readonly ignoreBOM: boolean },
) => { decode(units: Uint8Array | Uint16Array): string }

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const wideDecoder = new TextDecoder(isLittleEndian ? 'utf-16le' : 'utf-16be', { ignoreBOM: true })

/** Bytes that `writeUnits` needs for each unit: one that is no half of a pair becomes three at most. */
export const bytesPerUnit = 3

/** Writes the units of `text` to the start of `units`; halves of pairs stay as they are. `bytes` is overwritten. */
export function writeUnits(text: string, units: Uint16Array, bytes: Uint8Array): void {
  const { written } = encoder.encodeInto(text, bytes)
  // As many bytes as units: each is one of ASCII.
  if (written === text.length) units.set(bytes.subarray(0, written))
  else decode(text, bytes, written, units)
}

/** What stands for half a pair that stands alone, in bytes and in what is decoded; the text and the units know which one. */
const replacement = '\ufffd'
const replacementUnit = 0xfffd

function decode(text: string, bytes: Uint8Array, end: number, units: Uint16Array): void {
  let length = 0
  for (let at = 0; at < end; ) {
    while (at < end && (bytes[at] as number) < 0x80) units[length++] = bytes[at++] as number
    if (at === end) return
    const first = bytes[at] as number
    const second = (bytes[at + 1] as number) & 0x3f
    if (first < 0xe0) {
      units[length++] = ((first & 0x1f) << 6) | second
      at += 2
      continue
    }
    const third = (bytes[at + 2] as number) & 0x3f
    const three = (second << 6) | third
    if (first < 0xf0) {
      const unit = ((first & 0x0f) << 12) | three
      units[length] = unit === replacementUnit ? text.charCodeAt(length) : unit
      length++
      at += 3
      continue
    }
    const code = ((first & 0x07) << 18) | (three << 6) | ((bytes[at + 3] as number) & 0x3f)
    units[length++] = 0xd7c0 + (code >> 10)
    units[length++] = 0xdc00 | (code & 0x3ff)
    at += 4
  }
}

/** The text of units below 0x80. `bytes` is overwritten. */
export function asciiOf(units: Uint16Array, length: number, bytes: Uint8Array): string {
  bytes.set(units.subarray(0, length))
  return decoder.decode(bytes.subarray(0, length))
}

/** The text of any units; halves of pairs stay as they are. */
export function textOf(units: Uint16Array, length: number): string {
  const text = wideDecoder.decode(units.subarray(0, length))
  // Half a pair that stands alone may be behind it.
  return text.includes(replacement) ? unitByUnit(units, length) : text
}

/** Units at a time: more arguments than this may overflow the stack. */
const chunk = 8_192

function unitByUnit(units: Uint16Array, length: number): string {
  let text = ''
  for (let start = 0; start < length; start += chunk)
    text += String.fromCharCode(...units.subarray(start, Math.min(start + chunk, length)))
  return text
}
