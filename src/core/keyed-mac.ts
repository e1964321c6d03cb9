import { hash } from 'node:crypto'

const blockBytes = 64
const digestBytes = 32

/** One space serves every text that fits: hashing is synchronous. */
const scratch = Buffer.alloc(blockBytes + 4_096)

/**
 * HMAC-SHA-256 under one key: a text in, 64 hexadecimal digits out. The same as `createHmac`, whose objects cost three
 * times as much as the two hashes they stand for. Throws for a key of more than 64 bytes.
 * Source: RFC 2104, FIPS 198-1.
 */
export function keyedMac(key: Uint8Array): (text: string) => string {
  if (key.length > blockBytes) throw new Error(`a key has at most ${blockBytes} bytes, not ${key.length}`)
  const innerPad = padded(key, 0x36)
  const outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(digestBytes)])
  return (text) => {
    // A UTF-16 unit becomes at most three bytes.
    const mostBytes = blockBytes + text.length * 3
    const space = mostBytes <= scratch.length ? scratch : Buffer.alloc(mostBytes)
    space.set(innerPad)
    const end = blockBytes + space.write(text, blockBytes, 'utf8')
    outer.write(hash('sha256', space.subarray(0, end), 'binary'), blockBytes, 'binary')
    return hash('sha256', outer, 'hex')
  }
}

const padded = (key: Uint8Array, pad: number): Buffer =>
  Buffer.from(Array.from({ length: blockBytes }, (_, index) => (key[index] ?? 0) ^ pad))
