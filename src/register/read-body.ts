import { hash } from 'node:crypto'
import type { z } from 'zod'
import { inKeyOrder } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { didYouMean } from '#/settings/nearest.ts'
import type { Bodies, RecordKind, RecordVersion } from './api.ts'
import { kindOf } from './kinds/index.ts'
import { knownFieldsAt } from './known-fields.ts'

/** Something wrong at a place of a body. */
export interface Problem {
  readonly path: readonly PropertyKey[]
  readonly problem: string
  readonly code?: 'practice-prohibited'
}

/** The body by the schema and the checks of its kind, or everything that is wrong with it. */
export function checkBody(
  kind: RecordKind,
  value: unknown,
): { readonly body: Bodies[RecordKind] } | { readonly problems: readonly Problem[] } {
  const { schema, check } = kindOf(kind)
  const read = schema.safeParse(value)
  if (!read.success) return { problems: read.error.issues.flatMap((issue) => problemsOf(issue, schema)) }
  const problems = check(read.data)
  return problems.length > 0 ? { problems } : { body: read.data }
}

/**
 * A body that was accepted once, perhaps by an earlier version of Sallyport: fields there were not yet have their plainest
 * meaning. One that would not be accepted today stays as it was decided.
 */
export function completeBody(kind: RecordKind, stored: unknown): Bodies[RecordKind] {
  const read = kindOf(kind).schema.safeParse(stored)
  return read.success ? read.data : (stored as Bodies[RecordKind])
}

/** Throws `request-invalid` or `practice-prohibited` for the first problem. */
export function readBody(kind: RecordKind, value: unknown): Bodies[RecordKind] {
  const read = checkBody(kind, value)
  if ('body' in read) return read.body
  const [first] = read.problems
  throw new Refusal(first?.code ?? 'request-invalid', {
    field: formatField(first?.path ?? []),
    problem: first?.problem ?? 'does not fit',
  })
}

export const formatField = (path: readonly PropertyKey[]): string =>
  path.map(String).join('.') || '(the body)'

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType): readonly Problem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, problem: issue.message }]
  const known = knownFieldsAt(schema, issue.path)
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    problem: `there is no such field.${didYouMean(key, known)}`,
  }))
}

/** SHA-256 over the material fields in the order of their names: what a decision is bound to. */
export const hashOf = (kind: RecordKind, body: Bodies[RecordKind]): string =>
  hash('sha256', hashedText(kind, body), 'hex')

/** The text a hash is of, also of one that was made when fewer fields were material. */
export function hashedTextOf({
  kind,
  body,
  hash: made,
}: Pick<RecordVersion, 'kind' | 'body' | 'hash'>): string {
  const { immaterial, onceImmaterial = [] } = kindOf(kind)
  const before = textWithout(kind, body, [...immaterial, ...onceImmaterial])
  return hash('sha256', before, 'hex') === made ? before : hashedText(kind, body)
}

const hashedText = (kind: RecordKind, body: Bodies[RecordKind]): string =>
  textWithout(kind, body, kindOf(kind).immaterial)

function textWithout(kind: RecordKind, body: Bodies[RecordKind], names: readonly string[]): string {
  const material = Object.entries(body).filter(([field]) => !names.includes(field))
  return JSON.stringify([kind, inKeyOrder(Object.fromEntries(material))])
}

/** First-level fields in which two bodies differ. */
export function differingFields(one: object, other: object): readonly string[] {
  const text = (body: object, field: string): string | undefined =>
    JSON.stringify(inKeyOrder((body as Readonly<Record<string, unknown>>)[field]))
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...fields].filter((field) => text(one, field) !== text(other, field)).sort()
}
