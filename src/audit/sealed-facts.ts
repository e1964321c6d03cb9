import { isDeepStrictEqual } from 'node:util'
import type { EntryFacts, EntryKind, NewEntry } from './api.ts'

/**
 * An entry that says in clear, for a verifier without keys, and sealed what it says. A header alone could be anybody's
 * who can write into the folder, until a checkpoint covers it; what is sealed takes the keys of the log.
 */
export const withSealedFacts = (
  kind: EntryKind,
  facts: EntryFacts,
  sealed: Readonly<Record<string, unknown>>,
): NewEntry => ({ kind, facts, payload: JSON.stringify({ ...sealed, facts }) })

/** Whether what is sealed, opened, says just these facts. */
export function saysSealed(facts: EntryFacts, payload: Uint8Array | undefined): boolean {
  if (payload === undefined) return false
  const sealed: unknown = JSON.parse(Buffer.from(payload).toString('utf8'))
  return isDeepStrictEqual((sealed as { readonly facts?: unknown } | null)?.facts, facts)
}
