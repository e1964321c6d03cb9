import { patchBody, type TextEdit } from '#/chat/patch.ts'
import { type Action, changesText } from '#/core/finding.ts'
import type { JsonObject } from '#/core/json.ts'
import type { Pseudonyms, Treated } from '#/inspect/api.ts'
import { createPseudonyms, transformText } from '#/inspect/index.ts'
import type { GatewayServices } from '../services.ts'
import type { Decided } from './decide.ts'

declare const transformed: unique symbol

/** Stage 6: what leaves. A provider accepts nothing else. */
export interface Transformed {
  readonly [transformed]: true
  readonly decided: Decided
  /**
   * The body with every masked and replaced value gone, and without what would make the provider keep something; the very
   * body that came when nothing was to be changed.
   */
  readonly body: JsonObject
  /** What would have made the provider keep something was taken out. */
  readonly isUnstored: boolean
  readonly isChanged: boolean
  readonly changedValues: number
  /** Tokens issued in this exchange with their originals: the only ones that are ever put back. */
  readonly issued: ReadonlyMap<string, string>
}

const nothingIssued: ReadonlyMap<string, string> = new Map()

/** Pure but for the MAC. Never changes the body it is given. */
export function transform(decided: Decided, services: GatewayServices): Transformed {
  const { inspected, decision } = decided
  const { chat, admitted } = inspected.read
  const changedValues = countChanged(decided)
  if (changedValues === 0) {
    const body = withoutState(decided, chat.body)
    const isUnstored = body !== chat.body
    const isChanged = inspected.read.isRewritten || isUnstored
    return { decided, body, isChanged, isUnstored, changedValues, issued: nothingIssued } as Transformed
  }
  const personId = admitted.identified.caller.person.id
  const pseudonyms = createPseudonyms({
    mac: services.pseudonymMac(personId, decision.useCase.id),
    entered: chat.segments.map(({ text }) => text),
  })
  const patched = patchBody(chat.body, editsOf(decided, pseudonyms))
  const body = withoutState(decided, patched)
  const isUnstored = body !== patched
  return {
    decided,
    body,
    isChanged: true,
    isUnstored,
    changedValues,
    issued: pseudonyms.issued,
  } as Transformed
}

function withoutState({ inspected, decision }: Decided, body: JsonObject): JsonObject {
  const { featuresOff, offering } = decision
  if (featuresOff.length === 0) return body
  return inspected.read.admitted.identified.received.dialect.withoutState(body, {
    off: featuresOff,
    storesUnasked: offering.zeroRetentionExcept.includes('stored-responses'),
  })
}

/**
 * Values, not their pieces; but one of which a later piece is changed and the first is not counts too: 0 means that
 * nothing at all is changed, and the body leaves as it came.
 */
function countChanged({ decision: { actions }, facts }: Decided): number {
  let count = 0
  let isCounted = false
  for (let index = 0; index < actions.length; index++) {
    if (facts[index]?.isContinued !== true) isCounted = false
    if (isCounted || !changesText(actions[index] as Action)) continue
    isCounted = true
    count++
  }
  return count
}

function editsOf({ inspected, decision }: Decided, pseudonyms: Pseudonyms): TextEdit[] {
  const edits: TextEdit[] = []
  let index = 0
  for (const { segment, findings, isFile, isWhole } of inspected.marked) {
    if (isFile || isWhole) {
      assertUnchanged(decision.actions.slice(index, index + findings.length))
      index += findings.length
      continue
    }
    const treated: Treated[] = []
    for (const finding of findings) {
      const action = decision.actions[index++]
      if (action === undefined) throw new Error('policy gave fewer actions than there are findings')
      treated.push({ finding, action })
    }
    const { text, changed } = transformText(segment.text, treated, pseudonyms)
    if (changed > 0) edits.push({ segment, text })
  }
  return edits
}

/** Policy refuses what would have to be changed inside a file, or of a text as a whole. */
function assertUnchanged(actions: readonly Action[]): void {
  if (actions.some(changesText)) throw new Error('a finding that cannot be changed came to be transformed')
}
