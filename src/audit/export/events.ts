/** What goes out, made of what stands in the log. */
import { hash } from 'node:crypto'
import type { LoggedHead } from '../api.ts'
import type { CheckpointEvent, EntryEvent, ExportedPerson, TestEvent } from './api.ts'

/** The hash of an entry as proofs speak of it. Source: RFC 6962, section 2.1. */
export const leafHashOf = (header: string): string => hash('sha256', `\0${header}`, 'base64')

export const entryEvent = (
  origin: string,
  head: LoggedHead,
  person: ExportedPerson | undefined,
): EntryEvent => ({
  is: 'entry',
  id: `${origin}#${head.index}`,
  origin,
  atMs: head.atMs,
  head,
  leafHash: leafHashOf(head.header),
  person,
})

export const checkpointEvent = (origin: string, note: string, atMs: number): CheckpointEvent => {
  const size = sizeOf(note)
  return { is: 'checkpoint', id: `${origin}#checkpoint-${size}`, origin, atMs, size, note }
}

export const testEvent = (origin: string, atMs: number): TestEvent => ({
  is: 'test',
  id: `${origin}#test-${atMs}`,
  origin,
  atMs,
})

/** The second line of a checkpoint. Source: C2SP tlog-checkpoint v1.0.0. */
export function sizeOf(note: string): number {
  const size = Number(note.split('\n', 2)[1])
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('the checkpoint of the log states no size')
  return size
}
