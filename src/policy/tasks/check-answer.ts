import { sourceOfNumber } from '#/core/exact-number.ts'
import type { JsonValue } from '#/core/json.ts'
import { isJsonObject } from '#/core/json.ts'
import type { AnswerSchema } from './api.ts'

/** Where an answer is not what its schema says; the path is dotted, `$` for the whole. Nothing of the answer is repeated. */
export interface AnswerProblem {
  readonly path: string
  readonly problem: string
}

type Of<Type extends AnswerSchema['type']> = Extract<AnswerSchema, { type: Type }>

/**
 * The first thing in which a value is not as its schema says; undefined when it fits. As deep as the schema, which is
 * bounded, and as long as the value.
 */
export function checkAnswer(value: JsonValue, schema: AnswerSchema, path = '$'): AnswerProblem | undefined {
  switch (schema.type) {
    case 'object':
      return checkObject(value, schema, path)
    case 'array':
      return checkArray(value, schema, path)
    case 'string':
      return checkString(value, schema, path)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { path, problem: 'it must be true or false' }
    default:
      return checkNumber(value, schema, path)
  }
}

function checkObject(value: JsonValue, schema: Of<'object'>, path: string): AnswerProblem | undefined {
  const { properties, required = [], additionalProperties = true } = schema
  if (!isJsonObject(value) || sourceOfNumber(value) !== undefined)
    return { path, problem: 'it must be an object' }
  const missing = required.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) return { path: `${path}.${missing}`, problem: 'it is missing' }
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (known !== undefined && member !== undefined) {
      const problem = checkAnswer(member, known, `${path}.${name}`)
      if (problem !== undefined) return problem
    } else if (!additionalProperties) {
      // Its name is the model's word, and may be anything.
      return { path, problem: 'it has a member that the schema does not name' }
    }
  }
  return undefined
}

function checkArray(value: JsonValue, schema: Of<'array'>, path: string): AnswerProblem | undefined {
  if (!Array.isArray(value)) return { path, problem: 'it must be a list' }
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
  if (value.length < minItems) return { path, problem: `it must have at least ${minItems} items` }
  if (value.length > maxItems) return { path, problem: `it must have at most ${maxItems} items` }
  for (const [index, item] of value.entries()) {
    const problem = checkAnswer(item, items, `${path}.${index}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

function checkString(value: JsonValue, schema: Of<'string'>, path: string): AnswerProblem | undefined {
  if (typeof value !== 'string') return { path, problem: 'it must be a text' }
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return { path, problem: `it must be one of ${schema.enum.join(', ')}` }
  const { maxLength = Number.POSITIVE_INFINITY } = schema
  // JSON Schema counts characters, not UTF-16 units.
  if (value.length > maxLength && [...value].length > maxLength)
    return { path, problem: `it must have at most ${maxLength} characters` }
  return undefined
}

function checkNumber(
  value: JsonValue,
  { type, minimum, maximum }: Of<'number' | 'integer'>,
  path: string,
): AnswerProblem | undefined {
  // One that a double would change is kept as it was written.
  const number = typeof value === 'number' ? value : Number(sourceOfNumber(value) ?? Number.NaN)
  if (Number.isNaN(number)) return { path, problem: 'it must be a number' }
  if (type === 'integer' && !Number.isInteger(number)) return { path, problem: 'it must be a whole number' }
  if (minimum !== undefined && number < minimum) return { path, problem: `it must be at least ${minimum}` }
  if (maximum !== undefined && number > maximum) return { path, problem: `it must be at most ${maximum}` }
  return undefined
}
