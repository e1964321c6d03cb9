import type { JsonObject, JsonValue } from '#/core/json.ts'
import { isJsonObject } from '#/core/json.ts'
import type { Comparison, Filter, Place } from './filter.ts'
import type { Attribute } from './schema.ts'

/** What a filter is held against: a resource, or one of several values. */
export interface Readable {
  readonly read: (attribute: Attribute, isExtension: boolean) => JsonValue | undefined
  /** A group may have thousands of members; asking for one must not list them. */
  readonly hasMember?: (userId: string) => boolean
}

export const readableOf = (object: JsonObject, extension?: JsonValue): Readable => ({
  read: ({ name }, isExtension) =>
    isExtension ? (isJsonObject(extension) ? extension[name] : undefined) : object[name],
})

/** Pure; its cost is the number of terms times the number of values. */
export function matches(filter: Filter, on: Readable): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.every((term) => matches(term, on))
    case 'or':
      return filter.terms.some((term) => matches(term, on))
    case 'not':
      return !matches(filter.term, on)
    case 'present':
      return valuesAt(filter.place, on).some(isPresent)
    case 'some':
      return matchesSome(filter.place, filter.filter, on)
    case 'compare':
      return matchesValue(filter, on)
  }
}

/** The members of a group are asked for by id and nothing else, so no list is made of them. */
const isMemberId = ({ attribute, sub }: Place): boolean =>
  attribute.name === 'members' && (sub === undefined || sub.name === 'value')

function matchesSome(place: Place, filter: Filter, on: Readable): boolean {
  const wanted = memberId(filter)
  if (on.hasMember !== undefined && isMemberId(place) && wanted !== undefined) return on.hasMember(wanted)
  return elementsAt(place, on).some((element) => matches(filter, readableOf(element)))
}

const memberId = (filter: Filter): string | undefined =>
  filter.kind === 'compare' &&
  filter.comparison === 'eq' &&
  filter.place.attribute.name === 'value' &&
  typeof filter.value === 'string'
    ? filter.value
    : undefined

function matchesValue(filter: Extract<Filter, { kind: 'compare' }>, on: Readable): boolean {
  const { place, comparison, value } = filter
  if (on.hasMember !== undefined && isMemberId(place) && comparison === 'eq' && typeof value === 'string')
    return on.hasMember(value)
  const isExact = (place.sub ?? place.attribute).caseExact === true
  const values = valuesAt(place, on)
  if (comparison === 'ne') return !values.some((each) => compares(each, 'eq', value, isExact))
  // Nothing there is the same as null (RFC 7644, section 3.4.2.2).
  if (value === null) return comparison === 'eq' && !values.some(isPresent)
  return values.some((each) => compares(each, comparison, value, isExact))
}

function compares(
  value: JsonValue | undefined,
  comparison: Comparison,
  wanted: string | number | boolean | null,
  isExact: boolean,
): boolean {
  // Directories write booleans as texts, too.
  if (typeof value === 'boolean')
    return comparison === 'eq' && (wanted === value || String(wanted).toLowerCase() === String(value))
  if (typeof value !== 'string' || typeof wanted !== 'string') return comparison === 'eq' && value === wanted
  const [one, other] = isExact ? [value, wanted] : [value.toLowerCase(), wanted.toLowerCase()]
  switch (comparison) {
    case 'eq':
      return one === other
    case 'ne':
      return one !== other
    case 'co':
      return one.includes(other)
    case 'sw':
      return one.startsWith(other)
    case 'ew':
      return one.endsWith(other)
    case 'gt':
      return one > other
    case 'ge':
      return one >= other
    case 'lt':
      return one < other
    case 'le':
      return one <= other
  }
}

function elementsAt({ attribute, isExtension }: Place, on: Readable): readonly JsonObject[] {
  const value = on.read(attribute, isExtension)
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

/** All values a place names: one, several, or the `value` of each of several. */
function valuesAt(place: Place, on: Readable): readonly (JsonValue | undefined)[] {
  const value = on.read(place.attribute, place.isExtension)
  const each = Array.isArray(value) ? value : value === undefined ? [] : [value]
  const sub = place.sub?.name ?? 'value'
  return each.map((one) =>
    isJsonObject(one) && (place.sub !== undefined || 'value' in one) ? one[sub] : one,
  )
}

const isPresent = (value: JsonValue | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  !(isJsonObject(value) && Object.keys(value).length === 0)
