import type { AuditLog } from '#/audit/api.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { Bodies, RecordHistory, RecordKind, RecordVersion } from './api.ts'
import { kindOf, recordKinds } from './kinds/index.ts'
import type { Approval, Standing } from './kinds/kind.ts'
import { findTooManySteps } from './patterns-together.ts'
import { formatField } from './read-body.ts'
import type { Records } from './records.ts'
import { stateOf } from './state.ts'

export interface Ground {
  readonly register: Records
  readonly log: Pick<AuditLog, 'origin' | 'open'>
  readonly nowMs: number
}

/** Throws `request-invalid` for what the version still lacks, and `held-back` while something else comes first. */
export async function assertReady(version: RecordVersion, ground: Ground): Promise<void> {
  const { kind, id, body } = version
  const missing = await kindOf(kind).beforeApproval?.(body, approvalOf(version, ground))
  if (missing !== undefined)
    throw new Refusal('request-invalid', { field: formatField(missing.path), problem: missing.problem })
  const problem = findTooManySteps(ground.register, [version], ground.nowMs)
  if (problem !== undefined) throw new Refusal('request-invalid', { field: 'patterns', problem })
  const why = heldBackBy(kind, id, ground)
  if (why !== undefined) throw new Refusal('held-back', { why })
}

/** A record that names who decides about it is decided about by nobody else. Throws `not-yours-to-decide`. */
export function assertDecider({ kind, body }: RecordVersion, { email }: Pick<Person, 'email'>): void {
  const named = kindOf(kind).decidesAlone?.(body)
  if (named !== undefined && named !== email.toLowerCase()) throw new Refusal('not-yours-to-decide')
}

/** What keeps a record from being approved, as the end of a sentence; undefined when nothing does. */
export function heldBackBy(
  kind: RecordKind,
  id: string,
  { register, nowMs }: Pick<Ground, 'register' | 'nowMs'>,
): string | undefined {
  for (const holding of recordKinds) {
    const { holdsBack } = kindOf(holding)
    if (holdsBack === undefined) continue
    for (const history of register.list(holding)) {
      const newest = history.versions.at(-1)
      const held = newest && holdsBack(newest.body, standingOf(history, nowMs))
      if (held?.about.some((each) => each.kind === kind && each.id === id)) return held.why
    }
  }
  return undefined
}

export function standingOf(history: RecordHistory, nowMs: number): Standing {
  const state = stateOf(history, nowMs).versions.at(-1)?.state ?? 'proposed'
  const approvals = history.decisions.filter(({ verdict }) => verdict === 'approve')
  return { id: history.id, state, approvedAtMs: approvals.map(({ atMs }) => atMs), nowMs }
}

/** What the newest version is called: by its kind's own word, where it has one. */
export function stageOf(history: RecordHistory, nowMs: number): string | undefined {
  const newest = history.versions.at(-1)
  return newest && kindOf(history.kind).stage?.(newest.body, standingOf(history, nowMs))
}

function approvalOf(
  { kind, id }: RecordVersion,
  { register, log, nowMs }: Ground,
): Approval<Bodies[RecordKind]> {
  const { versions = [], decisions = [] } = register.find(kind, id) ?? {}
  const isApproved = (hash: string): boolean =>
    decisions.some((each) => each.verdict === 'approve' && each.hash === hash)
  const serving = <K extends RecordKind>(of: K, name: string): RecordVersion<K> | undefined => {
    const history = register.find(of, name)
    return history && stateOf(history, nowMs).serving?.record
  }
  return {
    nowMs,
    approvedBefore: versions.filter(({ hash }) => isApproved(hash)).map(({ body }) => body),
    classOfDataset: (name) => serving('dataset', name)?.body.class,
    ruleServesSince: (policy, rule) => {
      const record = serving('policy', policy)
      return record?.body.rules.some((each) => each.id === rule) ? record.atMs : undefined
    },
    useCaseRuleServes: (useCase, rule) =>
      serving('use-case', useCase)?.body.rules.some((each) => each.id === rule) ?? false,
    stoppedAt: (receipt) => stoppedAt(receipt, log),
  }
}

async function stoppedAt(receipt: string, log: Ground['log']): Promise<number | undefined> {
  const mark = receipt.lastIndexOf('#')
  if (receipt.slice(0, mark) !== log.origin) return undefined
  const entry = await log.open(Number(receipt.slice(mark + 1)))
  return entry?.kind === 'decision' && entry.facts.decision === 'stop' ? entry.atMs : undefined
}
