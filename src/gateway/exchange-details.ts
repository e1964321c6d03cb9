import type { AuditLog, OpenedEntry } from '#/audit/api.ts'
import { parseSealed, readAnswer } from '#/audit/read-answer.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Kind } from '#/inspect/api.ts'
import type { Destination, ExchangeDetails } from './api.ts'

/** What `intend` and `log-refusal` seal with an entry. */
interface SealedRequest {
  readonly content?: 'not-kept'
  readonly typed?: unknown
  readonly sent?: unknown
  readonly replaced?: ExchangeDetails['replaced']
  readonly to?: Destination
  readonly useCase?: string
  readonly reasons?: readonly string[]
  readonly justification?: string
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
  const { outcome, answer } = await readAnswer(audit, index)
  return describe(entry, outcome, answer ?? null, audit, kinds)
}

function describe(
  entry: OpenedEntry,
  outcome: OpenedEntry | undefined,
  answer: string | null,
  audit: AuditLog,
  kinds: readonly Kind[],
): ExchangeDetails {
  const { facts } = entry
  const sealed = (parseSealed(entry) ?? {}) as SealedRequest
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
    justification: sealed.justification ?? null,
    findings: (facts.findings ?? []).map((found) => ({
      ...found,
      label: labels.get(found.type) ?? found.type,
    })),
    replaced: sealed.replaced ?? [],
    content: sealed.content ?? 'kept',
    typed: sealed.typed ?? null,
    sent: isRefusal ? null : (sealed.sent ?? sealed.typed ?? null),
    answer,
    moderation:
      facts.moderation === undefined
        ? null
        : {
            offering: facts.moderation.offering,
            how: facts.moderation.how,
            wasShown: facts.moderation.entry !== undefined,
          },
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
