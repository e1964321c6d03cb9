import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'
import { parseYaml, YamlError, type YamlFile } from '#/core/yaml.ts'
import { didYouMean } from '#/settings/nearest.ts'
import type { Bodies, RecordKind } from './api.ts'
import { email, id, text } from './fields.ts'
import { isRecordKind, recordKinds } from './kinds/index.ts'
import { checkBody, formatField, type Problem } from './read-body.ts'

/** A file of records is some hundred kilobytes; more is a wrong file. */
export const maxFileBytes = 5 * 1024 * 1024
const maxRecords = 2_000

export interface FileRecord {
  readonly kind: RecordKind
  readonly id: string
  readonly body: Bodies[RecordKind]
  /** `FILE:LINE:COLUMN`. */
  readonly place: string
}

/** Decisions a file brings along; they count in an empty register only. */
export interface FileBootstrap {
  readonly approve: 'all'
  readonly by: string
  readonly reason: string
}

export interface RecordFile {
  readonly bootstrap: FileBootstrap | undefined
  readonly records: readonly FileRecord[]
}

const fileShape = z.strictObject(
  {
    bootstrap: z
      .strictObject(
        { approve: z.literal('all', 'must be all'), by: email, reason: text },
        'must be { approve: all, by, reason }',
      )
      .optional(),
    records: z
      .array(z.unknown(), 'must be a list of records')
      .max(maxRecords, `must have at most ${maxRecords} records`),
  },
  'must be { records: [...] }',
)

const headShape = z.looseObject({ kind: z.string(), id }, 'must be a record: { kind, id, ... }')

/** Throws `request-invalid` or `practice-prohibited` with the first thing that is wrong, its line and how many there are. */
export function readRecordFile(fileText: string, fileName: string): RecordFile {
  if (Buffer.byteLength(fileText) > maxFileBytes) {
    throw new Refusal('request-invalid', {
      field: fileName,
      problem: `it is larger than ${maxFileBytes} bytes; split it`,
    })
  }
  const file = readYaml(fileText, fileName)
  const read = fileShape.safeParse(file.value ?? {})
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue): Problem[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            path: [...issue.path, key],
            problem: `there is no such field.${didYouMean(key, ['records', 'bootstrap'])}`,
          }))
        : [{ path: issue.path, problem: issue.message }],
    )
    throw refuse(problems, file)
  }
  const problems: Problem[] = []
  const records = read.data.records.flatMap((value, index): FileRecord[] => {
    const checked = checkRecord(value)
    if (!('problems' in checked)) return [{ ...checked, place: file.find(['records', index]).place }]
    problems.push(
      ...checked.problems.map(({ path, ...rest }) => ({ path: ['records', index, ...path], ...rest })),
    )
    return []
  })
  const seen = new Set<string>()
  for (const [index, { kind, id: name }] of records.entries()) {
    if (seen.has(`${kind} ${name}`))
      problems.push({ path: ['records', index, 'id'], problem: `the ${kind} ${name} stands twice` })
    seen.add(`${kind} ${name}`)
  }
  if (problems.length > 0) throw refuse(problems, file)
  return { bootstrap: read.data.bootstrap, records }
}

/** What a Sallyport begins with when no file says anything else. */
export const readFirstRecords = (): RecordFile =>
  readRecordFile(readFileSync(join(import.meta.dirname, 'first-records.yaml'), 'utf8'), 'first-records.yaml')

function readYaml(fileText: string, fileName: string): YamlFile {
  try {
    return parseYaml(fileText, fileName)
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    const [{ key, place, problem }] = error.mistakes
    throw new Refusal(
      'request-invalid',
      { field: `${key} (${place})`, problem: `it ${problem}` },
      { cause: error },
    )
  }
}

function checkRecord(value: unknown): Omit<FileRecord, 'place'> | { readonly problems: readonly Problem[] } {
  const head = headShape.safeParse(value)
  if (!head.success)
    return { problems: head.error.issues.map(({ path, message }) => ({ path, problem: message })) }
  const { kind, id: name, ...rest } = head.data
  if (!isRecordKind(kind)) {
    const problem = `must be one of ${recordKinds.join(', ')}.${didYouMean(kind, recordKinds)}`
    return { problems: [{ path: ['kind'], problem }] }
  }
  const read = checkBody(kind, rest)
  return 'body' in read ? { kind, id: name, body: read.body } : read
}

function refuse(problems: readonly Problem[], file: YamlFile): Refusal {
  const [first] = problems
  const path = first?.path ?? []
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new Refusal(first?.code ?? 'request-invalid', {
    field: `${formatField(path)} (${file.find(path).place})`,
    problem: `${(first?.problem ?? 'it does not fit').replace(/\.$/, '')}${more}`,
  })
}
