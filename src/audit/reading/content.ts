import type { AuditLog, EntryFacts, OpenedEntry } from '../api.ts'
import type { EntryContent } from './api.ts'

/** Everything an entry holds; of an intent also the answer, which lies with its outcome. Undefined when there is no such entry. */
export async function readContent(
  log: Pick<AuditLog, 'origin' | 'open' | 'outcomeOf'>,
  index: number,
): Promise<EntryContent<EntryFacts> | undefined> {
  const entry = await log.open(index)
  if (entry === undefined) return undefined
  const outcome = entry.kind === 'intent' ? await log.outcomeOf(index) : undefined
  const { kind, facts, atMs } = entry
  const isExchange = hasContent(kind)
  const sealed = parse(entry)
  const request = (isExchange ? (sealed ?? {}) : {}) as { readonly typed?: unknown; readonly sent?: unknown }
  const answer = (parse(outcome) as { readonly answer?: string } | undefined)?.answer
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
  }
}

/** Kinds whose payload is what a person entered. The answer to it is read with it. */
export const contentKinds = ['intent', 'refusal'] as const

export const hasContent = (kind: OpenedEntry['kind']): boolean =>
  (contentKinds as readonly string[]).includes(kind)

/**
 * Our own JSON, sealed by us; undefined when there is none, or nobody can open it any more. Where parts of it are erased it
 * is no JSON, and what is left is shown as the text it is.
 */
function parse(entry: OpenedEntry | undefined): unknown {
  if (entry?.payload === undefined) return undefined
  const text = Buffer.from(entry.payload).toString('utf8')
  return entry.lostParts === undefined ? JSON.parse(text) : { typed: text, answer: text }
}
