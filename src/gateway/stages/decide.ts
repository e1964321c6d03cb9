import type { DialectName } from '#/chat/api.ts'
import { type Evidence, Refusal } from '#/core/refusal.ts'
import { formatPath } from '#/core/segment.ts'
import type { Kind } from '#/inspect/api.ts'
import type { Decision, FoundFact } from '#/policy/api.ts'
import { decide as decideByRules } from '#/policy/decide.ts'
import { providerOf } from '#/providers/index.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { GatewayServices, Line } from '../services.ts'
import type { Inspected } from './inspect.ts'

declare const decided: unique symbol

/** Stage 5: it may go, to this offering, with these changes, under this use case. */
export interface Decided {
  readonly [decided]: true
  readonly inspected: Inspected
  readonly decision: Decision
  /** One for each finding, in order. */
  readonly facts: readonly FoundFact[]
}

/** Throws every refusal of policy, each with the places it is about. */
export function decide(inspected: Inspected, services: GatewayServices): Decided {
  const { read, snapshot } = inspected
  const { person, useCase } = read.admitted.identified.caller
  const facts = describeFindings(inspected)
  try {
    const decision = decideByRules(
      {
        roles: person.roles,
        personId: person.id,
        keyUseCase: useCase,
        askedUseCase: read.asked.useCase,
        askedModel: read.chat.model,
        declaredClass: read.asked.declaredClass,
        wantsMask: read.asked.wantsMask,
        reachable: reachableFor(snapshot, read.chat.dialect, services.lines),
        findings: facts,
        unread: read.chat.unread.map(({ path, mediaType }) => ({ field: formatPath(path), mediaType })),
      },
      snapshot,
      services.clock.now(),
    )
    const plain: Omit<Decided, typeof decided> = { inspected, decision, facts }
    return plain as Decided
  } catch (error) {
    throw error instanceof Refusal ? withEvidence(error, inspected, facts) : error
  }
}

function describeFindings({ marked, inspector }: Inspected): FoundFact[] {
  const facts: FoundFact[] = []
  for (const { segment, findings } of marked) {
    for (const finding of findings) {
      facts.push({
        type: finding.type,
        family: finding.family,
        label: labelOf(inspector.kinds, finding.type),
        class: inspector.classOf(finding),
        channel: segment.channel,
        isFixed: segment.isFixed === true,
        field: formatPath(segment.path),
      })
    }
  }
  return facts
}

const labels = new WeakMap<readonly Kind[], ReadonlyMap<string, string>>()

function labelOf(kinds: readonly Kind[], type: string): string {
  let known = labels.get(kinds)
  if (known === undefined) {
    known = new Map(kinds.map((kind) => [kind.type, kind.label]))
    labels.set(kinds, known)
  }
  return known.get(type) ?? type
}

/** Shows the person where in the own text the refused things stand. Bounded: the first twenty are enough to act. */
function withEvidence(refusal: Refusal, { marked }: Inspected, facts: readonly FoundFact[]): Refusal {
  const named = refusal.facts['types']
  if (!Array.isArray(named)) return refusal
  const evidence: Evidence[] = []
  let index = 0
  for (const { segment, findings } of marked) {
    for (const { start, end, type } of findings) {
      const label = (facts[index++] as FoundFact).label
      if (evidence.length < 20 && (named as readonly string[]).includes(label)) {
        evidence.push({ field: formatPath(segment.path), start, end, type, label })
      }
    }
  }
  return new Refusal(refusal.code, { ...refusal.facts, findings: evidence }, { cause: refusal })
}

const reachableBySnapshot = new WeakMap<Snapshot, Map<DialectName, ReadonlySet<string>>>()

/** Offerings that can serve this dialect: their provider speaks it, or answers canonical conversations. */
export function reachableFor(
  snapshot: Snapshot,
  dialect: DialectName,
  lines: ReadonlyMap<string, Line>,
): ReadonlySet<string> {
  let byDialect = reachableBySnapshot.get(snapshot)
  if (byDialect === undefined) {
    byDialect = new Map()
    reachableBySnapshot.set(snapshot, byDialect)
  }
  let reachable = byDialect.get(dialect)
  if (reachable === undefined) {
    const ids = [...snapshot.offerings.values()]
      .filter(({ connection }) => {
        const line = lines.get(connection)
        if (line === undefined) return false
        const { speaks } = providerOf(line.connection.kind)
        return speaks === dialect || speaks === 'chat'
      })
      .map(({ id }) => id)
    reachable = new Set(ids)
    byDialect.set(dialect, reachable)
  }
  return reachable
}
