/** A store of the data folder, as erasure and inventory see it. Each room's store is one; the list is in the wiring. */
export interface KeptStore {
  readonly name: string
  /** What lies in it, as a sentence for people. */
  readonly holds: string
  /** Whether and under which key it is sealed. */
  readonly key: string
  /** When what lies in it ends. */
  readonly ends: string
  /** True for a file of this store; the path is relative to the data folder, with slashes. */
  readonly claims: (path: string) => boolean
  /** When what lies in a file is from, where its name says so; the time of the file otherwise. */
  readonly ageOf?: (path: string) => number | undefined
  /** Erases what a person entered. Must be safe to call again. */
  readonly eraseOf: (personId: string) => Promise<ErasedInStore>
}

export type ErasedInStore =
  /** Keys are the names of those that were destroyed. */
  | {
      readonly outcome: 'erased'
      readonly counts: Readonly<Record<string, number>>
      readonly keys: readonly string[]
    }
  /** Nothing there is what this person entered. */
  | { readonly outcome: 'nothing'; readonly why: string }
  /** Something may be there that this store cannot find by itself. */
  | { readonly outcome: 'by-hand'; readonly todo: string }
