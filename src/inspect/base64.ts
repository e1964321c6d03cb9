const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Text of base64url (RFC 4648, section 5) as one character per byte; what is not of its alphabet ends it. Meant for
 * headers in ASCII of which only some words are looked for.
 */
export function decodeBase64Url(encoded: string): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const character of encoded) {
    const digit = alphabet.indexOf(character)
    if (digit === -1) break
    value = ((value << 6) | digit) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    text += String.fromCharCode((value >>> bits) & 0xff)
  }
  return text
}

/** What no character of Base64 stands for. */
export const noValue = 255
/** For each unit what it stands for in Base64 of either alphabet (RFC 4648, sections 4 and 5). */
export const base64Values = fillValues()

function fillValues(): Uint8Array {
  const table = new Uint8Array(65_536).fill(noValue)
  for (let value = 0; value < alphabet.length; value++) table[alphabet.charCodeAt(value)] = value
  table[43] = 62
  table[47] = 63
  return table
}

/** Most runs are short: the bytes of each are put where those of the last one were. */
const room = new Uint8Array(1_024)
const roomFor = (length: number): Uint8Array => (length <= room.length ? room : new Uint8Array(length))

/** The bytes of what stands from one position to another, without line ends in it; to be read before others are asked for. */
export function bytesOfBase64(text: string, start: number, end: number): Uint8Array {
  const bytes = roomFor(Math.ceil(((end - start) * 3) / 4))
  let length = 0
  let bits = 0
  let count = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 92) at += text.startsWith('\\r\\n', at) ? 3 : 1
    const value = base64Values[code] as number
    if (value === noValue) continue
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes[length++] = (bits >> count) & 0xff
  }
  return bytes.subarray(0, length)
}
