import type { AuditLog, OpenedEntry } from '#/audit/api.ts'
import { type AnswerPiece, joinAnswer, type ProgressText } from '#/audit/progress.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Kind } from '#/inspect/api.ts'
import type { Destination, ExchangeDetails } from './api.ts'

/** What `intend` and `log-refusal` seal with an entry. */
interface SealedRequest {
  readonly typed?: unknown
  readonly sent?: unknown
  readonly replaced?: ExchangeDetails['replaced']
  readonly to?: Destination
  readonly useCase?: string
  readonly reasons?: readonly string[]
}

/** What `conclude` seals: the whole answer, or what came after the last progress. */
interface SealedAnswer {
  readonly answer?: string
  readonly rest?: readonly AnswerPiece[]
}

/**
 * Everything about one exchange, for the person whose exchange it is. Whether there is no such entry or it is
 * somebody else's makes no difference to the answer. Throws `not-found`.
 */
export async function readExchange(
  audit: AuditLog,
  index: number,
  personId: string,
  kinds: readonly Kind[],
): Promise<ExchangeDetails> {
  const entry = await audit.open(index)
  const isExchange = entry?.kind === 'intent' || entry?.kind === 'refusal'
  if (entry === undefined || !isExchange || entry.subject !== personId)
    throw new Refusal('not-found', { what: 'exchange' })
  if (entry.kind === 'refusal') return describe(entry, undefined, null, audit, kinds)
  const outcome = await audit.outcomeOf(index)
  return describe(entry, outcome, answerOf(outcome, await audit.progressOf(index)), audit, kinds)
}

/** Of a long answer what was written down while it came, and what the outcome holds; null when there is nothing. */
function answerOf(outcome: OpenedEntry | undefined, progress: readonly OpenedEntry[]): string | null {
  const { answer, rest } = parse(outcome) as SealedAnswer
  if (progress.length === 0) return answer ?? null
  const parts = progress.map((entry) => (parse(entry) as Partial<ProgressText>).pieces)
  return joinAnswer([...parts, rest].flatMap((pieces) => pieces ?? []))
}

function describe(
  entry: OpenedEntry,
  outcome: OpenedEntry | undefined,
  answer: string | null,
  audit: AuditLog,
  kinds: readonly Kind[],
): ExchangeDetails {
  const { facts } = entry
  const sealed = parse(entry) as SealedRequest
  const isRefusal = entry.kind === 'refusal'
  const labels = new Map(kinds.map(({ type, label }) => [type, label]))
  return {
    receipt: `${audit.origin}#${entry.index}`,
    requestId: facts.requestId ?? '',
    atMs: entry.atMs,
    status: isRefusal ? 'refused' : (outcome?.facts.decision ?? 'open'),
    code: facts.code ?? null,
    class: facts.class ?? null,
    leavesAs: facts.leavesAs ?? null,
    useCase:
      facts.useCase === undefined ? null : { id: facts.useCase, title: sealed.useCase ?? facts.useCase },
    offering: sealed.to ?? null,
    model: facts.model ?? null,
    reasons: sealed.reasons ?? [],
    findings: (facts.findings ?? []).map((found) => ({
      ...found,
      label: labels.get(found.type) ?? found.type,
    })),
    replaced: sealed.replaced ?? [],
    typed: sealed.typed ?? null,
    sent: isRefusal ? null : (sealed.sent ?? sealed.typed ?? null),
    answer,
    finish: outcome?.facts.finish ?? null,
    usage: outcome?.facts.usage ?? null,
    timingsMs: { ...facts.timingsMs, ...outcome?.facts.timingsMs },
    rules: facts.rules ?? [],
    snapshot: facts.snapshot ?? null,
    proof: {
      origin: audit.origin,
      index: entry.index,
      logSize: audit.size(),
      checkpoint: audit.checkpoint() ?? null,
    },
  }
}

/**
 * Our own JSON, sealed by us: it is as we wrote it, or the seal would not have opened. Where parts of it are erased it is
 * no JSON any more, and what is left is shown as the text it is.
 */
function parse(entry: OpenedEntry | undefined): unknown {
  if (entry?.payload === undefined) return {}
  const text = Buffer.from(entry.payload).toString('utf8')
  return entry.lostParts === undefined
    ? JSON.parse(text)
    : { typed: text, answer: text, pieces: [{ slot: 0, text }], rest: [{ slot: 0, text }] }
}
