/** One file of a tape archive. Source: POSIX.1-2017, pax, ustar interchange format. */
export interface TarHeader {
  readonly name: string
  readonly bytes: number
  /** '0' or NUL a file, '5' a folder, 'L' and 'x' say something about the next one. */
  readonly type: string
}

export const tarBlock = 512

export const isTar = (bytes: Uint8Array): boolean => readTarHeader(bytes, 0) !== undefined

/** The header at a position; undefined where its checksum does not hold. */
export function readTarHeader(bytes: Uint8Array, at: number): TarHeader | undefined {
  if (at + tarBlock > bytes.length) return undefined
  const block = Buffer.from(bytes.buffer, bytes.byteOffset + at, tarBlock)
  const field = (start: number, end: number) =>
    block
      .subarray(start, end)
      .toString('utf8')
      .replace(/\0[\s\S]*$/, '')
  let sum = 0
  for (let index = 0; index < tarBlock; index++)
    sum += index >= 148 && index < 156 ? 0x20 : (block[index] as number)
  if (sum !== Number.parseInt(field(148, 156), 8) || block[0] === 0) return undefined
  // Sizes of more than eight gigabytes are not octal; nothing that large is read.
  const stated = Number.parseInt(field(124, 136).trim(), 8)
  const prefix = field(257, 262) === 'ustar' ? field(345, 500) : ''
  const name = field(0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    bytes: Number.isNaN(stated) ? Number.POSITIVE_INFINITY : stated,
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156] as number),
  }
}
