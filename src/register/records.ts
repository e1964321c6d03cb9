import type { RecordHistory, RecordKind } from './api.ts'

/** What there is to compare with. */
export interface Records {
  readonly list: <K extends RecordKind>(kind: K) => readonly RecordHistory<K>[]
  readonly find: <K extends RecordKind>(kind: K, id: string) => RecordHistory<K> | undefined
}
