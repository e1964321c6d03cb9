import type { ZodType } from 'zod'
import type { Route } from '#/core/http/route.ts'

/** As much of a schema's inside as is needed to walk through it. */
interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, ZodType>>
  readonly catchall?: ZodType
  readonly element?: ZodType
  readonly options?: readonly ZodType[]
  readonly innerType?: ZodType
  readonly in?: ZodType
  readonly out?: ZodType
  readonly valueType?: ZodType
  readonly left?: ZodType
  readonly right?: ZodType
  readonly items?: readonly ZodType[]
  readonly getter?: () => ZodType
}

const definitionOf = (schema: ZodType): Definition => (schema as unknown as { def: Definition }).def

/** Names of the fields of the first level, for people to read. */
export function fieldsOf(reads: Route['reads']): string {
  if (typeof reads === 'string') return reads
  return [...new Set(fieldNames(reads))].join(' ') || '(no field)'
}

function fieldNames(schema: ZodType): readonly string[] {
  const { type, shape, options, innerType, in: before } = definitionOf(schema)
  if (type === 'record') return ['(any)']
  if (shape !== undefined) return Object.keys(shape)
  return [...(options ?? []), innerType, before].flatMap((each) =>
    each === undefined ? [] : fieldNames(each),
  )
}

/** Places where a schema takes fields it does not name. Bounded: a schema that contains itself is looked at once. */
export function openPlaces(
  schema: ZodType,
  place = '(the body)',
  seen = new Set<ZodType>(),
): readonly string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const definition = definitionOf(schema)
  const { type, shape, catchall, valueType } = definition
  const below: [string, ZodType | undefined][] = [
    ...Object.entries(shape ?? {}),
    ...['element', 'innerType', 'in', 'out', 'left', 'right'].map((name): [string, ZodType | undefined] => [
      place,
      definition[name as 'element'],
    ]),
    ...[...(definition.options ?? []), ...(definition.items ?? [])].map((each): [string, ZodType] => [
      place,
      each,
    ]),
    [place, type === 'lazy' ? definition.getter?.() : undefined],
    [`${place}.*`, valueType],
  ]
  const isOpen =
    (type === 'object' && (catchall === undefined || definitionOf(catchall).type !== 'never')) ||
    type === 'any' ||
    type === 'unknown'
  return [
    ...(isOpen ? [place] : []),
    ...below.flatMap(([name, each]) => (each === undefined ? [] : openPlaces(each, name, seen))),
  ]
}
