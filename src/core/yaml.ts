import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'

/** A YAML text, read, that still knows where each value stands. */
export interface YamlFile {
  /** What the text says; undefined when it is empty. */
  readonly value: unknown
  /** Where the key, or the item of a list, that `path` leads to begins. */
  readonly find: (path: readonly PropertyKey[]) => YamlPlace
}

export interface YamlPlace {
  /** `FILE:LINE:COLUMN`. */
  readonly place: string
  /** False when the text ends before the path does; then the place is that of the last part there is. */
  readonly isWhole: boolean
}

/** Why a text is not YAML as we read it; never quotes the text. */
export interface YamlMistake {
  /** The key it is about; `the file` when it is about no key. */
  readonly key: string
  readonly place: string
  readonly problem: string
}

export class YamlError extends Error {
  override readonly name = 'YamlError'
  readonly mistakes: readonly [YamlMistake, ...YamlMistake[]]

  constructor(mistakes: readonly [YamlMistake, ...YamlMistake[]], options?: ErrorOptions) {
    super(mistakes.map(({ place, key, problem }) => `${place}: ${key} ${problem}`).join('\n'), options)
    this.mistakes = mistakes
  }
}

/** So many mistakes are told at once; the rest usually follows from them. */
const mostMistakes = 20

/** Throws `YamlError` with every mistake. `file` only names the text in places. */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter()
  // Pretty errors would quote the lines of the file, and with them secrets somebody put there by mistake.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const [first, ...others] = [...document.errors, ...document.warnings]
    .slice(0, mostMistakes)
    .map(({ code, pos }) => ({
      key: 'the file',
      place: at(pos[0]),
      problem: `is not YAML as we read it (${describeCode(code)})`,
    }))
  if (first !== undefined) throw new YamlError([first, ...others])
  refuseHiddenKeys(document, at)
  return {
    value: toValue(document, file),
    find: (path) => {
      const { offset, isWhole } = findOffset(document, path)
      return { place: at(offset), isWhole }
    },
  }
}

/** The schema library passes over a key called __proto__ without a word; nothing written may vanish. */
function refuseHiddenKeys(document: Document, at: (offset: number) => string): void {
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== '__proto__') return
      throw new YamlError([
        { key: '__proto__', place: at(key.range?.[0] ?? 0), problem: 'is not a key that is read here' },
      ])
    },
  })
}

const describeCode = (code: string): string =>
  code === 'DUPLICATE_KEY' ? 'the same key stands twice' : code.toLowerCase().replaceAll('_', ' ')

function toValue(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? undefined
  } catch (error) {
    const problem = 'repeats itself too often through aliases (*name)'
    throw new YamlError([{ key: 'the file', place: file, problem }], { cause: error })
  }
}

interface Found {
  readonly offset: number
  readonly isWhole: boolean
}

function findOffset(document: Document, path: readonly PropertyKey[]): Found {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined) return { offset, isWhole: false }
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)]
      if (item === undefined) return { offset, isWhole: false }
      node = item
      offset = (item as { range?: readonly number[] }).range?.[0] ?? offset
    } else return { offset, isWhole: false }
  }
  return { offset, isWhole: true }
}
