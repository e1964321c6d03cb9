import { isJsonObject, type JsonObject } from '#/core/json.ts'
import { afterUrn, type Filter, parseFilter } from './filter.ts'
import type { Shape } from './schema.ts'
import { wrong } from './scim-error.ts'

/** What a GET asks for. */
export interface Query {
  readonly filter: Filter | undefined
  /** From 1. */
  readonly startIndex: number
  readonly count: number
  readonly wants: Wants
}

/** Which attributes are shown: `only` these when it is given, else all but `without`. Small letters. */
export interface Wants {
  readonly only: readonly string[] | undefined
  readonly without: readonly string[]
}

/** Okta asks for 100 at a time; said at /ServiceProviderConfig. */
export const maxResults = 500
const defaultCount = 100

/** Throws `ScimError`. Sorting is not offered (/ServiceProviderConfig says so), so `sortBy` is not looked at. */
export function readQuery(parameters: URLSearchParams, shape: Shape): Query {
  const text = parameters.get('filter')
  return {
    filter: text === null ? undefined : parseFilter(text, shape),
    // What is less than 1 counts as 1, a negative count as 0 (RFC 7644, section 3.4.2.4).
    startIndex: Math.max(1, readWhole(parameters, 'startIndex') ?? 1),
    count: Math.min(maxResults, Math.max(0, readWhole(parameters, 'count') ?? defaultCount)),
    wants: readWants(parameters, shape),
  }
}

function readWhole(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === null) return undefined
  if (!/^-?\d{1,9}$/.test(text)) throw wrong('invalidValue', `${name} must be a whole number`)
  return Number(text)
}

const maxNames = 50

export function readWants(parameters: URLSearchParams, shape: Shape): Wants {
  const names = (name: string): readonly string[] | undefined => {
    const text = parameters.get(name)
    if (text === null || text.trim() === '') return undefined
    const list = text.split(',', maxNames + 1).map((each) => each.trim())
    if (list.length > maxNames) throw wrong('invalidValue', `${name} takes at most ${maxNames} names`)
    return list.map((each) => (afterUrn(each, shape.urn) ?? each).toLowerCase())
  }
  return { only: names('attributes'), without: names('excludedAttributes') ?? [] }
}

/** Whether an attribute of a resource is shown at all. */
export const isWanted = ({ only, without }: Wants, name: string): boolean => {
  const wanted = name.toLowerCase()
  if (only !== undefined) return only.some((each) => each === wanted || each.startsWith(`${wanted}.`))
  return !without.includes(wanted)
}

/** Always shown, whatever is asked for (RFC 7643, section 3.1). */
const always = new Set(['schemas', 'id'])

/** A resource with what was asked for (RFC 7644, section 3.9). */
export function project(resource: JsonObject, { only, without }: Wants): JsonObject {
  if (only === undefined && without.length === 0) return resource
  const shown: JsonObject = {}
  for (const [name, value] of Object.entries(resource)) {
    const lower = name.toLowerCase()
    const parts = (list: readonly string[]): readonly string[] =>
      list.flatMap((each) =>
        each.startsWith(`${lower}.`) || each.startsWith(`${lower}:`) ? [each.slice(lower.length + 1)] : [],
      )
    if (always.has(name)) shown[name] = value
    else if (only !== undefined) {
      const wanted = parts(only)
      if (only.includes(lower)) shown[name] = value
      else if (wanted.length > 0) shown[name] = withParts(value, (part) => wanted.includes(part))
    } else if (!without.includes(lower)) {
      const unwanted = parts(without)
      shown[name] = unwanted.length === 0 ? value : withParts(value, (part) => !unwanted.includes(part))
    }
  }
  return shown
}

function withParts(value: JsonObject[string], isShown: (part: string) => boolean): JsonObject[string] {
  if (Array.isArray(value)) return value.map((each) => withParts(each, isShown) ?? null)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => isShown(name.toLowerCase())))
}
