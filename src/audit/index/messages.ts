/** What is said between the server and the thread that keeps the index. Plain values. */
import type { CountedBy, LogQuestion } from './api.ts'
import type { Page } from './find.ts'
import type { HandedRows } from './handed-rows.ts'
import type { WordPlace } from './store.ts'

export type Asking =
  | { readonly do: 'find'; readonly question: LogQuestion; readonly page: Page }
  | { readonly do: 'count'; readonly question: LogQuestion; readonly by: CountedBy }
  | { readonly do: 'words'; readonly place: WordPlace }
  | { readonly do: 'rebuild' }
  /** Does nothing but come to where the log was when it was asked. */
  | { readonly do: 'catch-up' }

export type ToIndex =
  | {
      readonly kind: 'follow'
      readonly size: number
      readonly first: number
      readonly rows: HandedRows | undefined
    }
  | {
      readonly kind: 'ask'
      readonly id: number
      /** Entries that were durable when it was asked: the answer counts all of them. */
      readonly size: number
      /** Headers before this index have ended: no row of them may be left. */
      readonly first: number
      /** Wall time after which nobody waits any more. */
      readonly untilMs: number
      readonly asking: Asking
    }
  | { readonly kind: 'close' }

export type FromIndex =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'behind'; readonly id: number; readonly indexed: number }
  | { readonly kind: 'broken'; readonly id: number; readonly problem: string }
  | { readonly kind: 'state'; readonly indexed: number; readonly problem: string | undefined }
  | { readonly kind: 'rebuilt'; readonly why: string }
