import { type DataClass, dataClasses, isDataClass } from '#/core/data-class.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { TaskInput, Template } from '#/policy/tasks/api.ts'

/** A body of `POST /tasks/:useCase`, read. */
export interface Entered {
  readonly inputs: Readonly<Record<string, string>>
  readonly model: string
  readonly declaredClass: DataClass | undefined
}

const wrong = (field: string, problem: string): Refusal => new Refusal('request-invalid', { field, problem })

/** Throws `request-invalid`, which names the field and nothing that was entered. */
export function readEntered(body: JsonObject, { inputs }: Template): Entered {
  if (Object.keys(body).some((name) => !['inputs', 'class', 'model'].includes(name)))
    throw wrong('body', 'it takes inputs, class and model, and nothing else')
  const { inputs: given, class: declaredClass, model = 'auto' } = body
  if (!isJsonObject(given)) throw wrong('inputs', `it must be an object with ${namesOf(inputs)}`)
  if (Object.keys(given).some((name) => !Object.hasOwn(inputs, name)))
    throw wrong('inputs', `it takes ${namesOf(inputs)}, and nothing else`)
  if (declaredClass !== undefined && !isDataClass(declaredClass))
    throw wrong('class', `it takes one of ${dataClasses.join(', ')}`)
  if (typeof model !== 'string' || model === '')
    throw wrong('model', 'it must be the name of a model, or auto')
  const read = Object.entries(inputs).map(([name, input]) => [
    name,
    readInput(Object.hasOwn(given, name) ? given[name] : undefined, input, `inputs.${name}`),
  ])
  return { inputs: Object.fromEntries(read), model, declaredClass }
}

function readInput(value: JsonValue | undefined, input: TaskInput, field: string): string {
  if (input.kind === 'choice') {
    if (typeof value !== 'string' || !input.of.includes(value))
      throw wrong(field, `it takes one of ${input.of.join(', ')}`)
    return value
  }
  if (typeof value !== 'string') throw wrong(field, 'it must be a text')
  if (value.trim() === '') throw wrong(field, 'it must not be empty')
  if (value.length > input.maxCharacters)
    throw wrong(field, `it must have at most ${input.maxCharacters} characters`)
  return value
}

const namesOf = (inputs: Template['inputs']): string => Object.keys(inputs).join(', ')
