import type { AuditLog, OpenedEntry } from './api.ts'
import { type AnswerPiece, joinAnswer, type ProgressText } from './progress.ts'

export type AnswerLog = Pick<AuditLog, 'outcomeOf' | 'progressOf'>

export interface ReadAnswer {
  /** Undefined while the exchange is open. */
  readonly outcome: OpenedEntry | undefined
  /** Undefined when nothing came, or nobody can open it any more. */
  readonly answer: string | undefined
}

/** What an outcome seals: the whole answer, or what came after the last progress. */
interface SealedAnswer {
  readonly answer?: string
  readonly rest?: readonly AnswerPiece[]
}

/** The answer to an intent: what was written down while it came, and what the outcome holds. Also after a crash. */
export async function readAnswer(log: AnswerLog, intent: number): Promise<ReadAnswer> {
  const outcome = await log.outcomeOf(intent)
  const mayBeLong = outcome === undefined || outcome.facts.progress !== undefined
  const progress = mayBeLong ? await log.progressOf(intent) : []
  const { answer, rest } = (parseSealed(outcome) ?? {}) as SealedAnswer
  if (progress.length === 0) return { outcome, answer }
  const parts = progress.map((entry) => (parseSealed(entry) as Partial<ProgressText> | undefined)?.pieces)
  const pieces = [...parts, rest].flatMap((each) => each ?? [])
  return { outcome, answer: pieces.length === 0 ? undefined : joinAnswer(pieces) }
}

/**
 * Our own JSON, sealed by us: it is as we wrote it, or the seal would not have opened. Undefined when there is none, or
 * nobody can open it any more. Where parts of it are erased it is no JSON, and what is left is the text it is.
 */
export function parseSealed(entry: OpenedEntry | undefined): unknown {
  if (entry?.payload === undefined) return undefined
  const text = Buffer.from(entry.payload).toString('utf8')
  if (entry.lostParts === undefined) return JSON.parse(text)
  return { typed: text, answer: text, pieces: [{ slot: 0, text }], rest: [{ slot: 0, text }] }
}
