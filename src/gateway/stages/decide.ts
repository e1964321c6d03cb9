import type { DialectName } from '#/chat/api.ts'
import type { Finding } from '#/core/finding.ts'
import { type Evidence, Refusal } from '#/core/refusal.ts'
import { formatPath, type JsonPath } from '#/core/segment.ts'
import type { Kind } from '#/inspect/api.ts'
import type { Clearing, Decision, ExchangeFacts, FoundFact } from '#/policy/api.ts'
import { clearingKey } from '#/policy/cleared.ts'
import { assertTools } from '#/policy/use-case-terms.ts'
import { providerOf } from '#/providers/index.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { Subject } from '#/snapshot/switches/api.ts'
import { offeredTools } from '../offered-tools.ts'
import type { GatewayServices, Line } from '../services.ts'
import { type Alternatives, alternativesTo, decideAround, stoppedBy } from '../stops.ts'
import type { Inspected } from './inspect.ts'

declare const decided: unique symbol

/** Stage 5: it may go, to this offering, with these changes, under this use case. */
export interface Decided {
  readonly [decided]: true
  readonly inspected: Inspected
  readonly decision: Decision
  /** One for each finding, in order. */
  readonly facts: readonly FoundFact[]
  /** What switches are compared with, from now on. */
  readonly subject: Subject
  /** What works when one is pulled. */
  readonly alternatives: () => Alternatives
}

/** Throws every refusal of policy, each with the places it is about, `use-case-is-task`, `tool-not-allowed`, and `stopped-by-switch`. */
export function decide(inspected: Inspected, services: GatewayServices): Decided {
  const { read, snapshot } = inspected
  const { person, keyId, useCase, bounds } = read.admitted.identified.caller
  const fieldOf = nameFields(inspected)
  const facts = describeFindings(inspected, fieldOf)
  const { switches } = services
  try {
    const asked: ExchangeFacts = {
      roles: person.roles,
      personId: person.id,
      groups: person.groups,
      keyUseCase: useCase,
      keyHighestClass: bounds?.highestClass,
      keyOfferings: bounds?.offerings,
      askedUseCase: read.asked.useCase,
      askedModel: read.chat.model,
      declaredClass: read.asked.declaredClass,
      wantsMask: read.asked.wantsMask,
      isJustified: read.asked.justification !== undefined,
      acknowledges: read.asked.acknowledges,
      acknowledged: services.acknowledgements.of(person.id),
      reachable: reachableFor(snapshot, read.chat.dialect, services.lines),
      findings: facts,
      labelClass: inspected.labelClass,
      unread: inspected.unread.map(({ path, mediaType, why }) => ({
        field: fieldOf(path),
        mediaType,
        why,
      })),
      stateful: read.admitted.identified.received.dialect.statefulUses(read.chat.body),
    }
    const decision = decideAround(asked, snapshot, services.clock.now(), switches)
    if (decision.useCase.task !== undefined && read.admitted.identified.received.task === undefined)
      throw new Refusal('use-case-is-task', { useCase: decision.useCase.id })
    assertTools(decision.useCase, () => offeredTools(read.chat.body))
    const subject: Subject = {
      personId: person.id,
      keyId,
      useCase: decision.useCase.id,
      offering: decision.offering.id,
      tools: () => offeredTools(read.chat.body),
    }
    const alternatives = () => alternativesTo(decision, asked, snapshot, services.clock.now(), switches)
    const stop = switches.standing.find(subject)
    if (stop !== undefined) throw stoppedBy(stop, switches, alternatives)
    switches.noteDecided(subject)
    const plain: Omit<Decided, typeof decided> = { inspected, decision, facts, subject, alternatives }
    return plain as Decided
  } catch (error) {
    throw error instanceof Refusal ? withEvidence(error, inspected, facts) : error
  }
}

type NameField = (path: JsonPath) => string

export function describeFindings(
  { marked, inspector, snapshot }: Inspected,
  fieldOf: NameField,
): FoundFact[] {
  const facts: FoundFact[] = []
  for (const { segment, findings, isFile = false } of marked) {
    for (const finding of findings) {
      // Values of a file are not kept: nothing in it is compared with what reviewers found not to be sensitive.
      const clearings = isFile ? undefined : clearingsFor(snapshot, finding, segment.text)
      facts.push({
        type: finding.type,
        family: finding.family,
        label: labelOf(inspector.kinds, finding.type),
        class: inspector.classOf(finding),
        channel: segment.channel,
        isFixed: segment.isFixed === true,
        isInFile: isFile,
        isContinued: finding.isContinued === true,
        field: fieldOf(segment.path),
        ...(clearings === undefined ? {} : { clearings }),
      })
    }
  }
  return facts
}

/** What policies say of a value; undefined when they say nothing. */
export const clearingsFor = (
  { clearings }: Snapshot,
  { type, start, end }: Pick<Finding, 'type' | 'start' | 'end'>,
  text: string,
): readonly Clearing[] | undefined =>
  clearings.size === 0 ? undefined : clearings.get(clearingKey(type, text.slice(start, end)))

/** Names places for whoever is refused; a name of a member in which something was found is itself not shown. */
function nameFields({ marked }: Inspected): NameField {
  if (!marked.some(({ segment }) => segment.part === 'key')) return formatPath
  const hidden = new Set<unknown>()
  for (const { segment } of marked) if (segment.part === 'key') hidden.add(segment.text)
  return (path) => formatPath(path.map((name) => (hidden.has(name) ? '…' : name)))
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
  const stoppedBy = refusal.facts['stoppedBy'] as readonly string[] | undefined
  if (stoppedBy === undefined) return refusal
  const evidence: Evidence[] = []
  let index = 0
  for (const { findings, isFile } of marked) {
    for (const { start, end, type } of findings) {
      const { label, field } = facts[index] as FoundFact
      const rule = stoppedBy[index++]
      if (evidence.length >= 20 || !rule) continue
      // A place inside a file is none of the text that stands in the request.
      evidence.push({ field, ...(isFile ? { start: 0, end: 0 } : { start, end }), type, label, rule })
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
