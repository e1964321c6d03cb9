/** One field in which two bodies differ. */
export interface Difference {
  /** Dotted: `facts.dpa.until`, `rules.2.action`. */
  readonly field: string
  /** As it was; left out where the field is new. */
  readonly before?: unknown
  /** As it is; left out where the field is gone. */
  readonly after?: unknown
}

/** A list that was turned over has thousands; more than this nobody reads. */
export const mostDifferences = 500

/**
 * Field by field what differs, in the order of the names, as deep as both are objects. Lists whose items have an id are
 * compared by it, other lists as a whole: what moved in them is not what changed. At most `mostDifferences`.
 */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = []
  compare('', before, after, found)
  return found
}

function compare(field: string, before: unknown, after: unknown, found: Difference[]): void {
  if (found.length >= mostDifferences) return
  const one = partsOf(before)
  const other = partsOf(after)
  if (one === undefined || other === undefined || one.isList !== other.isList) {
    if (isSame(before, after)) return
    found.push({
      field,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })
    return
  }
  const names = [...new Set([...one.parts.keys(), ...other.parts.keys()])]
  for (const name of one.isList ? names : names.sort())
    compare(field === '' ? name : `${field}.${name}`, one.parts.get(name), other.parts.get(name), found)
}

interface Parts {
  readonly isList: boolean
  readonly parts: ReadonlyMap<string, unknown>
}

function partsOf(value: unknown): Parts | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return { isList: false, parts: new Map(Object.entries(value)) }
  const ids = value.map(idOf)
  if (ids.length === 0 || ids.includes(undefined) || new Set(ids).size !== ids.length) return undefined
  return { isList: true, parts: new Map(value.map((each, index) => [String(ids[index]), each])) }
}

const idOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'
    ? item.id
    : undefined

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  return names.every((name) => Object.hasOwn(other, name) && isSame(one[name as never], other[name as never]))
}
