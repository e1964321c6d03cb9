/**
 * A tar archive (ustar) whose bytes follow from the names and contents alone: no times, no owners, plain files only.
 * Source: POSIX.1-2017, pax, "ustar Interchange Format".
 */

export const tarBlockBytes = 512
/** What the name field takes; ours are shorter. */
const nameMaxBytes = 100
/** Eleven octal digits. */
const contentMaxBytes = 2 ** 33 - 1

export interface TarFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Header, content and padding of one file. */
export function tarMember({ name, bytes }: TarFile): Buffer {
  const member = Buffer.alloc(tarBlockBytes + padded(bytes.length))
  tarHeader(name, bytes.length).copy(member)
  member.set(bytes, tarBlockBytes)
  return member
}

/** Two empty blocks end an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * tarBlockBytes)

/** Fully determined by name and size, so that whoever checks an archive makes it again and compares. */
function tarHeader(name: string, size: number): Buffer {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length > nameMaxBytes)
    throw new Error(`${JSON.stringify(name)} cannot be the name of a file in a bundle`)
  if (size > contentMaxBytes) throw new Error(`${name} is too large for a bundle`)
  const header = Buffer.alloc(tarBlockBytes)
  header.write(name, 0, 'latin1')
  header.write('0000644\0', 100, 'latin1')
  header.write('0000000\0', 108, 'latin1')
  header.write('0000000\0', 116, 'latin1')
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0', 136, 'latin1')
  header.write('        0', 148, 'latin1')
  header.write('ustar\u000000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

const padded = (size: number): number => Math.ceil(size / tarBlockBytes) * tarBlockBytes
