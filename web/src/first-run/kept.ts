import { type Draft, emptyDraft } from './draft.ts'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Each person's own: somebody else may sign in in the same tab. */
const nameFor = (personId: string): string => `sallyport-first-run-${personId}`

/**
 * Answers outlive a reload and a restart of the gate, and end with the tab: code names of the company are among them.
 * What another version of the page kept and this one cannot read is begun anew.
 */
export function readKept(personId: string, owner: string, store: Store): Draft {
  const empty = emptyDraft(owner)
  const text = store.getItem(nameFor(personId))
  if (text === null) return empty
  try {
    const read: unknown = JSON.parse(text)
    return isDraft(read, empty) ? read : empty
  } catch (error) {
    if (error instanceof SyntaxError) return empty
    throw error
  }
}

export const keep = (personId: string, draft: Draft, store: Store): void =>
  store.setItem(nameFor(personId), JSON.stringify(draft))

export const forget = (personId: string, store: Store): void => store.removeItem(nameFor(personId))

/** The same fields, each of the same type. */
function isDraft(read: unknown, empty: Draft): read is Draft {
  if (typeof read !== 'object' || read === null) return false
  return Object.entries(empty).every(([name, value]) => {
    const there = (read as Record<string, unknown>)[name]
    return typeof there === typeof value && Array.isArray(there) === Array.isArray(value)
  })
}
