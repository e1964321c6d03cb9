import type { AuditLog, EntryFacts, OpenedEntry } from '../api.ts'
import { type AnswerLog, parseSealed, readAnswer } from '../read-answer.ts'
import type { EntryContent } from './api.ts'

export type ContentLog = AnswerLog & Pick<AuditLog, 'origin' | 'open'>

/** Everything an entry holds; of an intent also the answer, which lies behind it. Undefined when there is no such entry. */
export async function readContent(
  log: ContentLog,
  index: number,
): Promise<EntryContent<EntryFacts> | undefined> {
  const entry = await log.open(index)
  if (entry === undefined) return undefined
  const { outcome, answer } = entry.kind === 'intent' ? await readAnswer(log, index) : nothingCame
  const { kind, facts, atMs } = entry
  const isExchange = hasContent(kind)
  const sealed = parseSealed(entry)
  const request = (isExchange ? (sealed ?? {}) : {}) as {
    readonly content?: unknown
    readonly typed?: unknown
    readonly sent?: unknown
  }
  return {
    receipt: `${log.origin}#${index}`,
    index,
    atMs,
    kind,
    facts,
    outcome: outcome?.facts ?? null,
    typed: request.typed ?? null,
    // What was entered left as it was, unless something else stands there. What was refused never left.
    sent: kind === 'intent' ? (request.sent ?? request.typed ?? null) : null,
    answer: answer ?? null,
    other: isExchange ? null : (sealed ?? null),
    isEmpty: sealed === undefined && answer === undefined,
    isNotKept: request.content === 'not-kept',
  }
}

const nothingCame = { outcome: undefined, answer: undefined }

/** Kinds whose payload is what a person entered. The answer to it is read with it. */
export const contentKinds = ['intent', 'refusal'] as const

export const hasContent = (kind: OpenedEntry['kind']): boolean =>
  (contentKinds as readonly string[]).includes(kind)
