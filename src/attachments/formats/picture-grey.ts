/**
 * Pictures as a PDF paints them, as grey ones a text recognition reads: upright, on white, one byte a point. What a PDF
 * library gives is one bit a point in rows of whole bytes, or three or four bytes a point.
 */

/** Points row by row from the top left, 255 for white. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly points: Uint8Array
}

/** What the library gives of a picture. Without `kind` it is a stencil: one bit a point, as in kind 1. */
export interface Painted {
  readonly width: number
  readonly height: number
  readonly kind?: number | undefined
  readonly data: Uint8Array | Uint8ClampedArray
}

/** Source: `ImageKind` of PDF.js 6.1. */
const kinds = { bits: 1, rgb: 2, rgba: 3 }

/** Undefined where the bytes are not those of such a picture. */
export function greyOf({ width, height, kind = kinds.bits, data }: Painted): Grey | undefined {
  if (kind === kinds.bits) {
    const rowBytes = (width + 7) >> 3
    if (data.length < rowBytes * height) return undefined
    const points = new Uint8Array(width * height)
    for (let row = 0, at = 0; row < height; row++)
      for (let column = 0; column < width; column++, at++)
        points[at] = (((data[row * rowBytes + (column >> 3)] as number) >> (7 - (column & 7))) & 1) * 255
    return { width, height, points }
  }
  const step = kind === kinds.rgb ? 3 : 4
  if (data.length < width * height * step) return undefined
  const points = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < points.length; at++, from += step)
    points[at] = brightness(data[from] as number, data[from + 1] as number, data[from + 2] as number)
  if (step === 4) return { width, height, points: onWhite(points, data) }
  return { width, height, points }
}

/** Source: ITU-R BT.601, in parts of 256. */
const brightness = (red: number, green: number, blue: number): number =>
  (red * 77 + green * 150 + blue * 29) >> 8

/** What is seen through stays white. Where that leaves nothing to see, words may stand in what is seen through itself. */
function onWhite(points: Uint8Array, data: Painted['data']): Uint8Array {
  const seen = points.map((point, at) => {
    const share = data[at * 4 + 3] as number
    return 255 - Math.round(((255 - point) * share) / 255)
  })
  return isUniform(seen) ? points.map((_, at) => 255 - (data[at * 4 + 3] as number)) : seen
}

/** Whether there is nothing to read: all points are alike. */
export const isUniform = (points: Uint8Array): boolean => points.every((point) => point === points[0])

/** Where the columns and the rows of a picture go: the first four numbers of its matrix, y upwards. */
export type Directions = readonly [a: number, b: number, c: number, d: number]

/** A picture as it is seen on a page that is turned clockwise by `turn` degrees. Turns by other angles than right ones are left. */
export function upright({ width, height, points }: Grey, [a, b, c, d]: Directions, turn: number): Grey {
  const [rightX, rightY] = turned(a, b, turn)
  const [upX, upY] = turned(c, d, turn)
  const isAcross = Math.abs(rightY) > Math.abs(rightX)
  const mirrorsColumns = isAcross ? rightY > 0 : rightX < 0
  const mirrorsRows = isAcross ? upX > 0 : upY < 0
  if (!isAcross && !mirrorsColumns && !mirrorsRows) return { width, height, points }
  const seen = new Uint8Array(points.length)
  const seenWidth = isAcross ? height : width
  for (let row = 0, at = 0; row < height; row++) {
    const seenRow = mirrorsRows ? height - 1 - row : row
    for (let column = 0; column < width; column++, at++) {
      const seenColumn = mirrorsColumns ? width - 1 - column : column
      seen[isAcross ? seenColumn * seenWidth + seenRow : seenRow * seenWidth + seenColumn] = points[
        at
      ] as number
    }
  }
  return { width: seenWidth, height: isAcross ? width : height, points: seen }
}

/** A direction, y upwards, after a turn clockwise by 0, 90, 180 or 270 degrees. */
function turned(x: number, y: number, degrees: number): readonly [number, number] {
  switch (((degrees % 360) + 360) % 360) {
    case 90:
      return [y, -x]
    case 180:
      return [-x, -y]
    case 270:
      return [-y, x]
    default:
      return [x, y]
  }
}

/** Pictures of one width, one below the other: scanners cut a page into strips, and lines of words with it. */
export function below(strips: readonly Grey[]): Grey {
  const [first] = strips
  if (first === undefined || strips.length === 1)
    return first ?? { width: 0, height: 0, points: new Uint8Array() }
  const points = new Uint8Array(strips.reduce((sum, strip) => sum + strip.points.length, 0))
  let at = 0
  for (const strip of strips) {
    points.set(strip.points, at)
    at += strip.points.length
  }
  return { width: first.width, height: points.length / first.width, points }
}

/** A file of it. Source: PGM, Netpbm's documentation. */
export function greyFile({ width, height, points }: Grey): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(head.length + points.length)
  file.set(head)
  file.set(points, head.length)
  return file
}
