import { z } from 'zod'
import { type DataClass, highestClass, isAtMost } from '#/core/data-class.ts'
import { kinds as findingKinds } from '#/inspect/index.ts'
import { dataClass, day, email, id, line, text, title, unique } from '../fields.ts'
import { findUnknownNames } from '../rule.ts'
import type { Approval, BodyProblem, Kind } from './kind.ts'

/** What a dataset may be approved for: to stand in prompts, or to make a model. */
export const datasetUses = ['inference', 'training'] as const

/** What looking through the data found. */
const scan = z.strictObject(
  {
    on: day,
    /** What looked: a tool with its version. */
    by: line(120),
    samples: z.int('must be a whole number').min(1, 'must be 1 or more').max(1e12),
    /** Kinds of findings, as rules name them. */
    found: unique(line(64), 100).default([]),
  },
  'must be { on, by, samples, found }',
)

const schema = z.strictObject({
  title,
  owner: email,
  description: text.optional(),
  /** An exchange under a use case that names the dataset has at least this class. */
  class: dataClass,
  uses: unique(z.enum(datasetUses, `must be one of ${datasetUses.join(', ')}`), 2).min(
    1,
    'must name inference, training or both',
  ),
  /** Datasets it is made of. */
  from: unique(id, 100).optional(),
  scan: scan.optional(),
  /** That what was found was taken out: when, and where that is shown. */
  scrubbed: z.strictObject({ on: day, receipt: line(500) }, 'must be { on, receipt }').optional(),
})

export type Dataset = z.infer<typeof schema>

/** Data that goes to a model again and again: which class it has, and what it may be used for. */
export const dataset: Kind<Dataset> = {
  kind: 'dataset',
  called: 'a dataset',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description'],
  deciders: ['security', 'legal', 'owner'],
  mayEnd: true,
  mayLowerClass: false,
  references: ({ from = [] }) =>
    from.map((name, index) => ({ field: `from.${index}`, kind: 'dataset', id: name })),
  check: ({ scan: looked, scrubbed }) => [
    ...(looked === undefined ? [] : findUnknownNames(looked.found, ['scan', 'found'])),
    ...(looked !== undefined && scrubbed !== undefined && scrubbed.on < looked.on
      ? [{ path: ['scrubbed', 'on'], problem: 'must not be before the scan it follows' }]
      : []),
  ],
  beforeApproval: (body, approval) => missingForUse(body) ?? tooLow(body, approval),
}

function missingForUse({ class: own, uses, scan: looked, scrubbed }: Dataset): BodyProblem | undefined {
  if (!uses.includes('training')) return undefined
  if (looked === undefined)
    return { path: ['scan'], problem: 'data that trains a model is looked through first' }
  if (scrubbed === undefined && (looked.found.length > 0 || own !== 'public'))
    return {
      path: ['scrubbed'],
      problem: 'what a model has learned stays in it: say what was taken out first',
    }
  return undefined
}

/** Data is as sensitive as what was found in it and what it is made of, unless that was taken out. */
function tooLow(
  { class: own, from = [], scan: looked, scrubbed }: Dataset,
  { classOfDataset }: Approval<Dataset>,
): BodyProblem | undefined {
  if (scrubbed !== undefined) return undefined
  const sources = from.map((name) => classOfDataset(name) ?? 'restricted')
  const least = highestClass([...sources, ...(looked?.found ?? []).map(classOfKind)])
  if (isAtMost(least, own)) return undefined
  return {
    path: ['class'],
    problem: `must be at least ${least}, as what was found in it and what it is made of, or what was there is scrubbed`,
  }
}

/** Of a pattern of the company it is not known here: the highest. */
const classOfKind = (type: string): DataClass =>
  findingKinds.find((each) => each.type === type)?.class ?? 'restricted'
