import { readFileSync, statSync } from 'node:fs'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import type { SettingsProblem } from './api.ts'
import { didYouMean } from './nearest.ts'
import { SettingsError } from './problem.ts'
import { type SettingsFile, settingsFileSchema } from './schema.ts'

/** A settings file is a page or two; this keeps a wrong path (a log, a disk image) from being read whole. */
const maxFileBytes = 1024 * 1024

type Path = readonly PropertyKey[]

/** A settings file, read and checked, that still knows where each value stands. */
export interface SettingsDocument {
  readonly values: SettingsFile
  /** `FILE:LINE:COLUMN` of a value; undefined when the file does not say it. */
  readonly placeOf: (path: Path) => string | undefined
}

/** Throws `SettingsError` with every problem of the file and its place. */
export function readSettingsDocument(file: string): SettingsDocument {
  return parseSettings(readText(file), file)
}

function readText(file: string): string {
  const wrong = (problem: string) => new SettingsError([{ key: 'SALLYPORT_SETTINGS', place: file, problem }])
  try {
    if (statSync(file).size > maxFileBytes) throw wrong(`names a file larger than ${maxFileBytes} bytes`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof SettingsError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw wrong(`names a file that cannot be read (${reason}); correct the path, or leave it out to use the defaults`)
  }
}

export function parseSettings(text: string, file: string): SettingsDocument {
  const lines = new LineCounter()
  // Pretty errors would quote the lines of the file, and with them secrets somebody put there by mistake.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const mistakes = [...document.errors, ...document.warnings]
  if (mistakes.length > 0) {
    throw new SettingsError(
      mistakes.slice(0, 20).map(({ code, pos }) => ({
        key: 'the file',
        place: at(pos[0]),
        problem: `is not YAML as we read it (${sayYamlMistake(code)})`,
      })),
    )
  }
  refuseHiddenKeys(document, at)
  const read = settingsFileSchema.safeParse(toValues(document, file))
  const offsetOf = (path: Path) => findOffset(document, path)
  if (!read.success) throw new SettingsError(read.error.issues.flatMap((issue) => problemsOf(issue, offsetOf, at)))
  return {
    values: read.data,
    placeOf: (path) => {
      const { offset, isWhole } = offsetOf(path)
      return isWhole ? at(offset) : undefined
    },
  }
}

/** The schema library passes over a key called __proto__ without a word; a setting must not vanish. */
function refuseHiddenKeys(document: Document, at: (offset: number) => string): void {
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== '__proto__') return
      const problem = 'is not a setting'
      throw new SettingsError([{ key: '__proto__', place: at(key.range?.[0] ?? 0), problem }])
    },
  })
}

const sayYamlMistake = (code: string): string =>
  code === 'DUPLICATE_KEY' ? 'the same key stands twice' : code.toLowerCase().replaceAll('_', ' ')

function toValues(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch {
    throw new SettingsError([{ key: 'the file', place: file, problem: 'repeats itself too often through aliases (*name)' }])
  }
}

interface Found {
  readonly offset: number
  /** False when the document ends before the path does; then `offset` is that of the last part there is. */
  readonly isWhole: boolean
}

/** Where the key, or the item of a list, that `path` leads to begins. */
function findOffset(document: Document, path: Path): Found {
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

const formatKey = (path: Path): string => (path.length === 0 ? 'the file' : path.map(String).join('.'))

function problemsOf(
  issue: z.core.$ZodIssue,
  offsetOf: (path: Path) => Found,
  at: (offset: number) => string,
): readonly SettingsProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    const problem = (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message
    return [{ key: formatKey(issue.path), place: at(offsetOf(issue.path).offset), problem }]
  }
  const known = keysAt(issue.path)
  return issue.keys.map((key) => {
    const path = [...issue.path, key]
    const right = known.length === 0 ? '' : ` Right here: ${known.join(', ')}.`
    return {
      key: formatKey(path),
      place: at(offsetOf(path).offset),
      problem: `is not a setting.${didYouMean(key, known) || right}`,
    }
  })
}

/** The keys the schema knows at a place, for "did you mean". */
function keysAt(path: Path): readonly string[] {
  const key = path.map((step) => (typeof step === 'number' ? '0' : String(step)))
  const [first, second, third] = key
  const { shape } = settingsFileSchema
  if (first === undefined) return Object.keys(shape)
  if (first === 'connections') return Object.keys(connectionShape)
  if (first === 'limits') return Object.keys(shape.limits.unwrap().shape)
  if (first === 'audit') return Object.keys(shape.audit.unwrap().shape)
  if (first === 'identity' && second === 'accounts' && third !== undefined) return ['email', 'name']
  if (first === 'identity') return identityKeys
  return []
}

const connectionShape = settingsFileSchema.shape.connections.unwrap().valueType.shape

const identityKeys = [
  ...new Set(settingsFileSchema.shape.identity.unwrap().options.flatMap((option) => Object.keys(option.shape))),
]
