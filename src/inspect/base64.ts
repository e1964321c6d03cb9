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
