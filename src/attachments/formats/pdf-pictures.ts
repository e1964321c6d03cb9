import { createHash } from 'node:crypto'
import type { UnreadReason } from '../api.ts'
import { joinPath, type Reading } from '../reading.ts'
import {
  below,
  type Directions,
  type Grey,
  greyFile,
  greyOf,
  isUniform,
  type Painted,
  upright,
} from './picture-grey.ts'

type Document = Awaited<ReturnType<typeof import('unpdf')['getDocumentProxy']>>
export type Page = Awaited<ReturnType<Document['getPage']>>
type Operators = typeof import('unpdf/pdfjs')['OPS']
type Matrix = readonly [...Directions, e: number, f: number]

const asItStands: Matrix = [1, 0, 0, 1, 0, 0]

/** A picture where a page paints it. */
interface Placed {
  readonly grey: Grey
  readonly matrix: Matrix
}

/** What a picture of the library is, besides what it shows: the object it was made of, for one that has its own. */
interface Made extends Painted {
  readonly ref?: string | undefined
}

/** The same picture may have many names and objects. */
const hashOf = ({ points }: Grey): string => createHash('sha256').update(points).digest('base64')

/** The pictures of one PDF: what its pages paint goes to text recognition, and what they do not is told. */
export class PdfPictures {
  readonly #reading: Reading
  readonly #operators: Operators
  readonly #held: Held
  readonly #painted = new Set<string>()
  readonly #stencils = new Set<string>()
  readonly #contents = new Set<string>()
  readonly #readUntil: number
  readonly #openStrictly: () => Promise<Document>
  #strict: Promise<Document> | undefined
  /** Whether a page paints what the library cannot read: a picture in the words of a page shows nowhere else. */
  #hasFailed = false
  #stopped: UnreadReason | undefined

  /** `openStrictly` opens the PDF so that a page is refused for whatever in it cannot be read. */
  constructor(
    bytes: Uint8Array,
    reading: Reading,
    operators: Operators,
    openStrictly: () => Promise<Document>,
  ) {
    this.#reading = reading
    this.#openStrictly = openStrictly
    this.#operators = operators
    this.#held = picturesIn(bytes)
    if (!reading.readsPictures) this.#stopped = 'picture'
    // The other half of the time is for the rest of the file.
    this.#readUntil = performance.now() + reading.bounds.milliseconds / 2
  }

  /** Whether there are any but those that stand in the words of a page. */
  get isEmpty(): boolean {
    return this.#held.isEmpty
  }

  /** Hands on what a page paints; gives how many pictures it has. Throws what the library throws. */
  async readPage(page: Page, path: string): Promise<number> {
    if (performance.now() > this.#readUntil) this.#stopped ??= 'took-too-long'
    if (this.#stopped !== undefined) return 0
    const placed = await this.#placedWhole(page)
    let number = 0
    for (const { grey, matrix } of joined(placed)) {
      const [a, b, c, d] = matrix
      number++
      if (this.#stopped !== undefined || isUniform(grey.points) || !this.#isNew(grey)) continue
      const file = greyFile(upright(grey, [a, b, c, d], page.rotate))
      if (this.#reading.takePicture(file.length))
        this.#reading.addPicture(joinPath(path, `picture ${number}`), file)
      else this.#stopped = 'too-many-parts'
    }
    return number
  }

  /** Tells of those that were not read, once all pages were. */
  tellOthers(path: string): void {
    const { objects, veils, stencils, isEmpty, isWhole } = this.#held
    const others = [...objects].filter((object) => !this.#painted.has(object) && !veils.has(object))
    const isRead = !this.#hasFailed && others.length === 0 && stencils <= this.#stencils.size && isWhole
    const isTold = this.#stopped === 'picture' ? !isEmpty : this.#stopped !== undefined || !isRead
    if (isTold) this.#reading.addUnread(path, this.#stopped ?? 'picture-unreadable')
  }

  #isNew(grey: Grey): boolean {
    const hash = hashOf(grey)
    if (this.#contents.has(hash)) return false
    this.#contents.add(hash)
    return true
  }

  async close(): Promise<void> {
    await (await this.#strict)?.cleanup()
  }

  /** Read strictly; where something cannot be read what is left of the page, and that is told. */
  async #placedWhole(page: Page): Promise<readonly Placed[]> {
    this.#strict ??= this.#openStrictly()
    try {
      const strict = await (await this.#strict).getPage(page.pageNumber)
      const placed = await this.#placedOn(strict)
      strict.cleanup()
      return placed
    } catch {
      this.#hasFailed = true
      return await this.#placedOn(page)
    }
  }

  async #placedOn(page: Page): Promise<readonly Placed[]> {
    const { fnArray, argsArray } = await page.getOperatorList()
    const placed: Placed[] = []
    const known = new Set<string>()
    const matrices: Matrix[] = []
    let matrix = asItStands
    for (const [index, operator] of fnArray.entries()) {
      const values: readonly unknown[] = argsArray[index] ?? []
      switch (operator) {
        case this.#operators.save:
        case this.#operators.beginAnnotation:
          matrices.push(matrix)
          break
        case this.#operators.paintFormXObjectBegin:
          matrices.push(matrix)
          if (values[0] !== null) matrix = product(matrix, matrixOf(values[0]))
          break
        case this.#operators.restore:
        case this.#operators.endAnnotation:
        case this.#operators.paintFormXObjectEnd:
          matrix = matrices.pop() ?? asItStands
          break
        case this.#operators.transform:
          matrix = product(matrix, matrixOf(values))
          break
        case this.#operators.paintImageXObject:
        case this.#operators.paintImageXObjectRepeat:
        case this.#operators.paintInlineImageXObject:
        case this.#operators.paintInlineImageXObjectGroup:
          for (const grey of await this.#greysOf(page, [values[0]], known, false))
            placed.push({ grey, matrix })
          break
        case this.#operators.paintImageMaskXObject:
        case this.#operators.paintImageMaskXObjectRepeat:
        case this.#operators.paintImageMaskXObjectGroup:
          for (const grey of await this.#greysOf(page, [values[0]].flat(), known, true))
            placed.push({ grey, matrix })
          break
        // One point: it has nothing to read.
        case this.#operators.paintSolidColorImageMask:
          this.#stencils.add('solid')
      }
    }
    return placed
  }

  /** Of names of pictures, pictures, and stencils that name theirs; of each name once. */
  async #greysOf(
    page: Page,
    values: readonly unknown[],
    known: Set<string>,
    isStencil: boolean,
  ): Promise<readonly Grey[]> {
    const greys: Grey[] = []
    for (const value of values) {
      const named = isStencil ? (value as { readonly data: unknown }).data : value
      if (typeof named === 'string' && known.has(named)) continue
      if (typeof named === 'string') known.add(named)
      const made = typeof named === 'string' ? await objectOf(page, named) : (value as Made)
      const grey = made === null ? undefined : greyOf(made)
      if (made === null || grey === undefined) {
        this.#hasFailed = true
        continue
      }
      if (isStencil) this.#stencils.add(hashOf(grey))
      else if (made.ref !== undefined) this.#painted.add(made.ref)
      greys.push(grey)
    }
    return greys
  }
}

/** Null for one the library cannot read. */
const objectOf = (page: Page, name: string): Promise<Made | null> =>
  new Promise((resolve) => (name.startsWith('g_') ? page.commonObjs : page.objs).get(name, resolve))

/** Six numbers, as the library gives them: in a list of one of several kinds. */
function matrixOf(list: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = Array.from(list as ArrayLike<number>)
  return [a, b, c, d, e, f]
}

function product(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [p, q, r, s, x, y] = inner
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * x + c * y + e, b * x + d * y + f]
}

/** Neighbours of one width as one picture, from the top of the page to its bottom. */
function joined(placed: readonly Placed[]): readonly Placed[] {
  const rows: Placed[][] = []
  for (const each of placed) {
    const row = rows.at(-1)
    if (row?.[0]?.grey.width === each.grey.width) row.push(each)
    else rows.push([each])
  }
  return rows.map((row) => {
    const [first, last] = [row[0] as Placed, row.at(-1) as Placed]
    const isUpwards = first.matrix[5] < last.matrix[5]
    const strips = isUpwards ? row.toReversed() : row
    return { grey: below(strips.map(({ grey }) => grey)), matrix: first.matrix }
  })
}

/** What the bytes of a PDF say it holds. */
interface Held {
  /** Of pictures: the numbers of their objects, as the library writes them. */
  readonly objects: ReadonlySet<string>
  /** Those of them that only say what is seen through of another one. */
  readonly veils: ReadonlySet<string>
  /** How many only say where colour goes: what the library makes of them says nothing of their object. */
  readonly stencils: number
  readonly isEmpty: boolean
  /** False where there were more than are looked at. */
  readonly isWhole: boolean
}

/** A dictionary of a picture has some hundred characters, with its table of colours. */
const longestDictionary = 4_096
const mostPictures = 4_096

/** Dictionaries of pictures are never packed, so they show in the bytes. Source: ISO 32000-1, 7.5.7 and 8.9.5. */
function picturesIn(bytes: Uint8Array): Held {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const objects = new Set<string>()
  const veils = new Set<string>()
  let stencils = 0
  let count = 0
  for (const { index } of text.matchAll(/\/Subtype\s{0,9}\/Image\b/g)) {
    count++
    if (count > mostPictures) break
    const before = text.slice(Math.max(0, index - longestDictionary), index)
    const numbers = [...before.matchAll(/(\d{1,10})\s{1,9}(\d{1,5})\s{1,9}obj\b/g)].at(-1)
    const behind = text.slice(index, index + longestDictionary)
    const dictionary =
      before.slice(numbers?.index ?? 0) + behind.slice(0, Math.max(0, behind.indexOf('stream')))
    for (const [, veil] of dictionary.matchAll(/\/S?Mask\s{1,9}(\d{1,10})\s{1,9}\d{1,5}\s{1,9}R\b/g))
      veils.add(`${veil}R`)
    if (/\/ImageMask\s{1,9}true\b/.test(dictionary)) stencils++
    else objects.add(numbers === undefined ? `unnamed ${count}` : nameOf(numbers))
  }
  return { objects, veils, stencils, isEmpty: count === 0, isWhole: count <= mostPictures }
}

/** As the library writes a reference: with the generation only where it is not 0. */
const nameOf = ([, object, generation]: RegExpExecArray): string =>
  generation === '0' ? `${object}R` : `${object}R${generation}`
