import { z } from 'zod'
import type { AnswerSchema } from '#/policy/tasks/api.ts'
import { inputName, piecesOf } from '#/policy/tasks/template.ts'
import { flag, line, unique } from '../fields.ts'
import type { BodyProblem } from './kind.ts'

/** A use case that is asked by its inputs. What these fields promise, `/tasks/` keeps. */

const words = (longest: number) =>
  z
    .string('must be a text')
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)

const whole = (least: number, most: number) =>
  z.int('must be a whole number').min(least, `must be ${least} or more`).max(most, `must be at most ${most}`)

const input = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('text'),
      title: line(120).optional(),
      // Longer texts are files, and go through the chat.
      maxCharacters: whole(1, 200_000),
    }),
    z.strictObject({
      kind: z.literal('choice'),
      title: line(120).optional(),
      of: unique(line(120), 100).min(1, 'must name at least one choice'),
    }),
  ],
  'must be { kind: text, maxCharacters } or { kind: choice, of }',
)

/** A handful is a form; more than that is a program. */
const mostInputs = 20

const template = z.strictObject(
  {
    system: words(20_000).optional(),
    prompt: words(20_000),
    inputs: z
      .record(
        z.string().regex(inputName, 'must be a name of letters and digits, like text'),
        input,
        'must be inputs by their names',
      )
      .refine((inputs) => Object.keys(inputs).length > 0, 'must name at least one input')
      .refine((inputs) => Object.keys(inputs).length <= mostInputs, `must name at most ${mostInputs} inputs`),
  },
  'must be { system, prompt, inputs }',
)

const propertyName = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/
const description = { description: line(500).optional() }
const bound = z.number('must be a number').optional()

/** A schema of this depth and size says more than a model keeps to; it is walked for each answer. */
const deepestSchema = 8
const mostSchemas = 200

const text = z.strictObject({
  type: z.literal('string'),
  ...description,
  enum: unique(z.string('must be a text').max(500), 200).min(1, 'must name at least one value').optional(),
  maxLength: whole(1, 1_000_000).optional(),
})
const number = z.strictObject({
  type: z.literal(['number', 'integer']),
  ...description,
  minimum: bound,
  maximum: bound,
})
const choice = z.strictObject({ type: z.literal('boolean'), ...description })

/** Written out level by level, so that nothing reads deeper, whatever it is given. */
function schemaOf(levels: number): z.ZodType<AnswerSchema> {
  if (levels === 1)
    return z.discriminatedUnion(
      'type',
      [text, number, choice],
      `must be string, number, integer or boolean here: a schema is at most ${deepestSchema} levels deep`,
    )
  const below = schemaOf(levels - 1)
  const object = z.strictObject({
    type: z.literal('object'),
    ...description,
    properties: z.record(
      z.string().regex(propertyName, 'must be a name of letters, digits, _ and -'),
      below,
      'must be schemas by their names',
    ),
    required: unique(z.string('must be a name').max(100), 100).optional(),
    additionalProperties: flag.optional(),
  })
  const array = z.strictObject({
    type: z.literal('array'),
    ...description,
    items: below,
    minItems: whole(0, 10_000).optional(),
    maxItems: whole(0, 10_000).optional(),
  })
  return z.discriminatedUnion(
    'type',
    [object, array, text, number, choice],
    'must have a type: object, array, string, number, integer or boolean',
  )
}

export const taskFields = {
  /** What inputs there are and where they stand: the use case is asked at `/tasks/` by them, and in no other way. */
  template: template.optional(),
  /** What shape its answers have; others are refused. */
  answerSchema: schemaOf(deepestSchema).optional(),
}

interface Asked {
  readonly template?: z.infer<typeof template> | undefined
  readonly answerSchema?: AnswerSchema | undefined
}

/** What of a template or a schema does not fit together. */
export function findMisplaced({ template: asked, answerSchema: schema }: Asked): readonly BodyProblem[] {
  const problems: BodyProblem[] = []
  if (asked !== undefined) problems.push(...findInTemplate(asked))
  if (schema === undefined) return problems
  if (asked === undefined)
    problems.push({ path: ['answerSchema'], problem: 'needs a template: only answers of tasks are checked' })
  const all = schemasIn(schema, ['answerSchema'])
  if (all.length > mostSchemas)
    problems.push({ path: ['answerSchema'], problem: `must have at most ${mostSchemas} schemas in it` })
  return [...problems, ...all.flatMap(([each, path]) => findInSchema(each, path))]
}

function findInTemplate({ system = '', prompt, inputs }: NonNullable<Asked['template']>): BodyProblem[] {
  const pieces = piecesOf(prompt)
  const used = new Set(pieces.flatMap((piece) => ('input' in piece ? [piece.input] : [])))
  const path = ['template', 'prompt']
  const stray = pieces.some((piece) => 'text' in piece && /\{\{|\}\}/.test(piece.text))
  return [
    ...(/\{\{|\}\}/.test(system)
      ? [
          {
            path: ['template', 'system'],
            problem: 'must have no places for inputs: they stand in the prompt',
          },
        ]
      : []),
    ...(stray ? [{ path, problem: 'has a {{ or }} that is no place of an input: write {{name}}' }] : []),
    ...(pieces.length > mostPieces ? [{ path, problem: `must have at most ${mostPieces} pieces` }] : []),
    ...[...used]
      .filter((name) => !Object.hasOwn(inputs, name))
      .map((name) => ({ path, problem: `has a place for ${name}, which is none of the inputs` })),
    ...Object.keys(inputs)
      .filter((name) => !used.has(name))
      .map((name) => ({ path: ['template', 'inputs', name], problem: 'has no place in the prompt' })),
  ]
}

/** An input may stand in several places, and its text goes out as often. */
const mostPieces = 60

type Placed = readonly [schema: AnswerSchema, path: readonly string[]]

function schemasIn(schema: AnswerSchema, path: readonly string[]): readonly Placed[] {
  const own: Placed = [schema, path]
  if (schema.type === 'array') return [own, ...schemasIn(schema.items, [...path, 'items'])]
  if (schema.type !== 'object') return [own]
  return [
    own,
    ...Object.entries(schema.properties).flatMap(([name, each]) =>
      schemasIn(each, [...path, 'properties', name]),
    ),
  ]
}

/** Schemas that nothing could fit. */
function findInSchema(schema: AnswerSchema, path: readonly string[]): readonly BodyProblem[] {
  if (schema.type === 'object')
    return (schema.required ?? [])
      .filter((name) => !Object.hasOwn(schema.properties, name))
      .map((name) => ({
        path: [...path, 'required'],
        problem: `names ${name}, which is none of the properties`,
      }))
  if (schema.type === 'array' && (schema.minItems ?? 0) > (schema.maxItems ?? Number.POSITIVE_INFINITY))
    return [{ path: [...path, 'minItems'], problem: 'must not be above maxItems' }]
  if (
    (schema.type === 'number' || schema.type === 'integer') &&
    (schema.minimum ?? Number.NEGATIVE_INFINITY) > (schema.maximum ?? Number.POSITIVE_INFINITY)
  )
    return [{ path: [...path, 'minimum'], problem: 'must not be above maximum' }]
  return []
}
