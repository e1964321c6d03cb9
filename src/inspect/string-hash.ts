/**
 * 64 bits of a text as 16 hexadecimal digits, for telling versions apart: no protection against an opponent.
 * FNV-1a in two lanes with different offsets over the code units, mixed at the end.
 * Source: the FNV-1a hash by Fowler, Noll and Vo; the finaliser of MurmurHash3.
 */
export function stringHash(text: string): string {
  let one = 0x811c9dc5
  let other = 0x1000193b
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code ^ (index << 1), 0x85ebca6b)
  }
  return hex(mix(one ^ text.length)) + hex(mix(other ^ one))
}

function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')
