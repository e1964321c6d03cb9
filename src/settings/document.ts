import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import type { z } from 'zod'
import { notUtf8, textOfFile } from '#/core/text-of-file.ts'
import { parseYaml, YamlError, type YamlFile, type YamlPlace } from '#/core/yaml.ts'
import type { SettingsProblem } from './api.ts'
import { keysAt, kindsWith } from './keys-at.ts'
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
    const bytes = readFileSync(file)
    if (!isUtf8(bytes)) throw wrong(`names a file that ${notUtf8}`)
    return textOfFile(bytes, file)
  } catch (error) {
    if (error instanceof SettingsError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw wrong(
      `names a file that cannot be read (${reason}); correct the path, or leave it out to use the defaults`,
    )
  }
}

function parseSettings(text: string, file: string): SettingsDocument {
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
    const kinds = kindsWith(issue.path, key)
    return {
      key: formatKey(path),
      place: find(path).place,
      problem:
        kinds.length > 0
          ? `must be left out: it goes with kind ${kinds.join(' or ')} only`
          : `is not a setting.${didYouMean(key, known) || right}`,
    }
  })
}
