/** What may stand at a place of the settings file, read from its schema: for messages about what may not. */
import { z } from 'zod'
import { settingsFileSchema } from './schema.ts'

type Path = readonly PropertyKey[]

/** The lists that may stand at `path`: several where a `kind` decides, none where no list may. */
function listsAt(path: Path): readonly z.ZodObject[] {
  let here = flatten(settingsFileSchema)
  for (const step of path) here = here.flatMap((each) => below(each, String(step)))
  return here.filter((each) => each instanceof z.ZodObject)
}

/** Without what says that it may be left out or of which kind it is. */
function flatten(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return flatten(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(flatten)
  return [schema]
}

function below(schema: z.core.$ZodType, step: string): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return flatten(schema.element)
  if (schema instanceof z.ZodRecord) return flatten(schema.valueType)
  const field = schema instanceof z.ZodObject ? schema.shape[step] : undefined
  return field === undefined ? [] : flatten(field)
}

/** Every key that may stand at `path`, whichever kind is named there. */
export const keysAt = (path: Path): readonly string[] => [
  ...new Set(listsAt(path).flatMap((list) => Object.keys(list.shape))),
]

/** The kinds whose lists at `path` have `key`; none where the key is known to none of them. */
export const kindsWith = (path: Path, key: string): readonly string[] =>
  listsAt(path).flatMap((list) => {
    const { kind } = list.shape
    return Object.hasOwn(list.shape, key) && kind instanceof z.ZodLiteral ? [...kind.values].map(String) : []
  })
