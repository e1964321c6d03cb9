import { readFileSync, statSync } from 'node:fs'
import type { z } from 'zod'
import { parseYaml, YamlError, type YamlFile, type YamlPlace } from '#/core/yaml.ts'
import type { SettingsProblem } from './api.ts'
import { sinkKeys } from './export-schema.ts'
import { didYouMean } from './nearest.ts'
import { SettingsError } from './problem.ts'
import { type SettingsFile, settingsFileSchema } from './schema.ts'
import { providerKeys } from './sign-in-schema.ts'

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
    throw wrong(
      `names a file that cannot be read (${reason}); correct the path, or leave it out to use the defaults`,
    )
  }
}

export function parseSettings(text: string, file: string): SettingsDocument {
  const { value, find } = readYaml(text, file)
  const read = settingsFileSchema.safeParse(value ?? {})
  if (!read.success) throw new SettingsError(read.error.issues.flatMap((issue) => problemsOf(issue, find)))
  return {
    values: read.data,
    placeOf: (path) => {
      const { place, isWhole } = find(path)
      return isWhole ? place : undefined
    },
  }
}

function readYaml(text: string, file: string): YamlFile {
  try {
    return parseYaml(text, file)
  } catch (error) {
    if (error instanceof YamlError) throw new SettingsError(error.mistakes)
    throw error
  }
}

const formatKey = (path: Path): string => (path.length === 0 ? 'the file' : path.map(String).join('.'))

function problemsOf(issue: z.core.$ZodIssue, find: (path: Path) => YamlPlace): readonly SettingsProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    const problem = (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message
    return [{ key: formatKey(issue.path), place: find(issue.path).place, problem }]
  }
  const known = keysAt(issue.path)
  return issue.keys.map((key) => {
    const path = [...issue.path, key]
    const right = known.length === 0 ? '' : ` Right here: ${known.join(', ')}.`
    return {
      key: formatKey(path),
      place: find(path).place,
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
  if (first === 'inspection' && second === 'moderation')
    return Object.keys(shape.inspection.unwrap().shape.moderation.unwrap().shape)
  if (first === 'inspection') return Object.keys(shape.inspection.unwrap().shape)
  if (first === 'audit' && second === 'export' && third !== undefined) return sinkKeys
  if (first === 'audit') return Object.keys(shape.audit.unwrap().shape)
  if (first === 'keys') {
    const { vault, awsKms } = shape.keys.unwrap().shape
    if (second === 'vault') return Object.keys(vault.unwrap().shape)
    if (second === 'awsKms') return Object.keys(awsKms.unwrap().shape)
    return Object.keys(shape.keys.unwrap().shape)
  }
  if (first === 'identity' && second === 'accounts' && third !== undefined) return ['email', 'name']
  if (first === 'identity' && second === 'providers' && third !== undefined) return providerKeys
  if (first === 'identity') return identityKeys
  return []
}

const connectionShape = settingsFileSchema.shape.connections.unwrap().valueType.shape

const identityKeys = [
  ...new Set(
    settingsFileSchema.shape.identity.unwrap().options.flatMap((option) => Object.keys(option.shape)),
  ),
]
