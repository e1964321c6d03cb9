import type { FindingCount } from '#/audit/api.ts'
import type { StreamPiece } from '#/chat/api.ts'
import type { Action, Finding } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector, Restorer, Treated } from '#/inspect/api.ts'
import { createAnswerWatcher, createPseudonyms, createRestorer, transformText } from '#/inspect/index.ts'
import type { Rule } from '#/policy/api.ts'
import { decideAnswer } from '#/policy/decide-answer.ts'

/** What the gate needs to know of the exchange. */
export interface GateFacts {
  readonly inspector: Inspector
  readonly issued: ReadonlyMap<string, string>
  readonly answerRules: readonly Rule[]
}

/** Counts of what was found in an answer, by kind, channel and action. */
export class AnswerFindings {
  readonly #counts = new Map<string, FindingCount>()

  add(type: string, channel: Channel, action: Action, count = 1): void {
    const key = `${type} ${channel} ${action}`
    this.#counts.set(key, { type, channel, action, count: (this.#counts.get(key)?.count ?? 0) + count })
  }

  list(): FindingCount[] {
    return [...this.#counts.values()]
  }
}

/** True when a rule may change or stop an answer: then a text is held until it is whole, and judged at once. */
export const isStrict = (rules: readonly Rule[]): boolean => rules.some(({ action }) => action !== 'note')

/**
 * Judges one whole text of an answer and puts pseudonyms back.
 * Throws `answer-blocked`, also where signed text would have to be changed.
 */
export function treatAnswer(
  text: string,
  channel: Channel,
  isFixed: boolean,
  facts: GateFacts,
  found: AnswerFindings,
): string {
  const findings = facts.inspector.inspect(text, channel)
  const treated = findings.map((finding) => judge(finding, channel, facts))
  for (const { finding, action } of treated) {
    found.add(finding.type, channel, action)
    if (action === 'block' || (isFixed && action !== 'note')) {
      throw new Refusal('answer-blocked', { types: [labelOf(finding, facts)] })
    }
  }
  if (isFixed) return text
  // An answer is never pseudonymised: nobody would put the value back. Such a rule masks.
  const changed = transformText(text, treated, unusedPseudonyms).text
  if (facts.issued.size === 0) return changed
  const restorer = createRestorer(facts.issued, { isJson: false })
  return restorer.push(changed) + restorer.end()
}

const unusedPseudonyms = createPseudonyms({
  mac: () => {
    throw new Error('answers are masked, never pseudonymised')
  },
})

function judge(finding: Finding, channel: Channel, { answerRules }: GateFacts): Treated {
  const action = decideAnswer(answerRules, finding, channel)
  return { finding, action: action === 'pseudonymise' ? 'mask' : action }
}

const labelOf = ({ type }: Finding, { inspector }: GateFacts): string =>
  inspector.kinds.find((kind) => kind.type === type)?.label ?? type

interface Slot {
  readonly channel: Channel
  readonly isFixed: boolean
  readonly isJson: boolean
  /** All the provider sent for this slot. */
  sent: string
  readonly watcher: ReturnType<typeof createAnswerWatcher> | undefined
  readonly restorer: Restorer | undefined
}

/**
 * Stands between a provider's stream and the caller, one slot (content block, choice, tool call) at a time.
 * Without strict rules, text passes at once but for a tail that could still become a pseudonym. With one, a slot's
 * text is held until the slot ends and is then judged whole: never skipped because it came in pieces.
 */
export class AnswerGate {
  readonly found = new AnswerFindings()
  readonly #facts: GateFacts
  readonly #isStrict: boolean
  readonly #slots = new Map<string, Slot>()
  readonly #ended: string[] = []
  #sentLength = 0

  constructor(facts: GateFacts) {
    this.#facts = facts
    this.#isStrict = isStrict(facts.answerRules)
  }

  /** Characters the provider sent so far. */
  get sentLength(): number {
    return this.#sentLength
  }

  /** Everything the provider sent, slot by slot, as it was before anything was put back. */
  sentText(): string {
    return [...this.#ended, ...[...this.#slots.values()].map(({ sent }) => sent)].join('\n')
  }

  /** What of this piece, and of what was held before it, may go on now. */
  push(piece: StreamPiece): string {
    const slot = this.#slots.get(piece.slot) ?? this.#openSlot(piece)
    slot.sent += piece.text
    this.#sentLength += piece.text.length
    if (slot.watcher === undefined) return ''
    slot.watcher.push(piece.text)
    return slot.restorer === undefined ? piece.text : slot.restorer.push(piece.text)
  }

  /** What was still held of a slot that ends now. Throws `answer-blocked`. */
  end(name: string): string {
    const slot = this.#slots.get(name)
    if (slot === undefined) return ''
    this.#slots.delete(name)
    this.#ended.push(slot.sent)
    if (slot.watcher === undefined) return this.#judgeWhole(slot)
    for (const [type, count] of slot.watcher.end()) this.found.add(type, slot.channel, 'note', count)
    return slot.restorer?.end() ?? ''
  }

  /** Slots that have not ended yet, oldest first. */
  openSlots(): string[] {
    return [...this.#slots.keys()]
  }

  #openSlot({ slot: name, isJson, isFixed }: StreamPiece): Slot {
    const channel = isJson ? 'tool-arguments' : 'answer'
    const mayRestore = this.#facts.issued.size > 0 && !isFixed
    const slot: Slot = {
      channel,
      isFixed,
      isJson,
      sent: '',
      watcher: this.#isStrict ? undefined : createAnswerWatcher(this.#facts.inspector, channel),
      restorer: mayRestore ? createRestorer(this.#facts.issued, { isJson }) : undefined,
    }
    this.#slots.set(name, slot)
    return slot
  }

  #judgeWhole({ sent, channel, isFixed, isJson }: Slot): string {
    if (!isJson) return treatAnswer(sent, channel, isFixed, this.#facts, this.found)
    return treatJsonText(sent, this.#facts, this.found)
  }
}

/** Tool arguments are JSON source: judged and restored string by string, so that the result is JSON again. */
function treatJsonText(source: string, facts: GateFacts, found: AnswerFindings): string {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw new Refusal('provider-malformed', {}, { cause: error })
  }
  const treat = (text: string): string => treatAnswer(text, 'tool-arguments', false, facts, found)
  return JSON.stringify(treatValue(value, treat))
}

/** A number this long may be a card or an account; one that has to change becomes a text. */
const longNumber = 9_999_999

function treatValue(value: unknown, treat: (text: string) => string): unknown {
  if (typeof value === 'string') return treat(value)
  if (typeof value === 'number' && Math.abs(value) > longNumber) {
    const text = String(value)
    const treated = treat(text)
    return treated === text ? value : treated
  }
  if (Array.isArray(value)) return value.map((each) => treatValue(each, treat))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [treat(key), treatValue(each, treat)]))
}
