import { crc32, deflateSync } from 'node:zlib'

/** Pictures made on the spot, as a scanner writes them. */

type Point = readonly [x: number, y: number]
type Line = readonly Point[]

const oval: Line = Array.from({ length: 25 }, (_, step): Point => {
  const angle = (step * Math.PI) / 12
  return [3 + 2.4 * Math.cos(angle), 5 + 4.6 * Math.sin(angle)]
})

/** Signs as a pen draws them, each on a field of 6 by 10. */
const signs: Readonly<Record<string, readonly Line[]>> = {
  ' ': [],
  '0': [oval],
  '4': [
    [
      [4.2, 9.6],
      [4.2, 0.4],
      [0.4, 6.8],
      [5.8, 6.8],
    ],
  ],
  '5': [
    [
      [5.2, 0.4],
      [1.2, 0.4],
      [0.9, 4.6],
      [2.4, 3.9],
      [3.6, 3.9],
      [4.9, 4.8],
      [5.4, 6.4],
      [5, 8.4],
      [3.6, 9.5],
      [2.2, 9.6],
      [0.6, 8.7],
    ],
  ],
}

const scale = 3
const penRadius = 0.75
/** White around and between signs. */
const margin = 6
const step = 8

/** A line of the signs above, black on white, one byte a point. Throws for another sign. */
export function inkOf(text: string): {
  readonly width: number
  readonly height: number
  readonly ink: Buffer
} {
  const width = (text.length * step + 2 * margin) * scale
  const height = (10 + 2 * margin) * scale
  const ink = Buffer.alloc(width * height, 255)
  for (const [index, sign] of [...text].entries()) {
    const lines = signs[sign]
    if (lines === undefined) throw new Error(`nobody has drawn ${sign}`)
    for (let y = 0; y < height; y++)
      for (let x = (index * step + margin - 2) * scale; x < (index * step + margin + step) * scale; x++) {
        const place: Point = [x / scale - margin - index * step, y / scale - margin]
        const shade = 255 * (1 - Math.max(0, Math.min(1, (penRadius - distance(place, lines)) * scale + 0.5)))
        ink[y * width + x] = Math.min(ink[y * width + x] as number, Math.round(shade))
      }
  }
  return { width, height, ink }
}

/** The same as a file. */
export function pictureOf(text: string): Buffer {
  const { width, height, ink } = inkOf(text)
  return pngOf(width, height, 8, ink)
}

/** So many white points in a file of some kilobytes. */
export const whitePicture = (width: number, height: number): Buffer =>
  pngOf(width, height, 1, Buffer.alloc((width / 8) * height, 255))

function distance(place: Point, lines: readonly Line[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const line of lines)
    for (let index = 1; index < line.length; index++)
      least = Math.min(least, toSegment(place, line[index - 1] as Point, line[index] as Point))
  return least
}

function toSegment([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [along, down] = [toX - fromX, toY - fromY]
  const share = ((x - fromX) * along + (y - fromY) * down) / (along * along + down * down)
  const at = Math.max(0, Math.min(1, share))
  return Math.hypot(x - fromX - at * along, y - fromY - at * down)
}

/** Grey, without filters. Source: PNG specification, third edition. */
function pngOf(width: number, height: number, bits: number, points: Buffer): Buffer {
  const rowBytes = (width * bits) / 8
  const rows = Buffer.alloc((rowBytes + 1) * height)
  for (let row = 0; row < height; row++)
    points.copy(rows, row * (rowBytes + 1) + 1, row * rowBytes, (row + 1) * rowBytes)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = bits
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}
