import type { FindingCount } from '#/audit/api.ts'
import type { ChatSegment, StreamPiece } from '#/chat/api.ts'
import { changeValue, leadOf, tail, valueAfterName } from '#/chat/lead.ts'
import { patchBody, type TextEdit } from '#/chat/patch.ts'
import { type Place, walkJson } from '#/chat/walk.ts'
import { type Action, changesText, type Finding } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector, Restorer, Treated } from '#/inspect/api.ts'
import {
  createAnswerWatcher,
  createPseudonyms,
  createRestorer,
  createTextRestorer,
  fitsAnywhere,
  mayBeJson,
  transformText,
} from '#/inspect/index.ts'
import type { Rule } from '#/policy/api.ts'
import { decideAnswer } from '#/policy/decide-answer.ts'
import { ownKeyType } from './own-keys.ts'

/** What the gate needs to know of the exchange. */
export interface GateFacts {
  readonly inspector: Inspector
  readonly issued: ReadonlyMap<string, string>
  readonly answerRules: readonly Rule[]
  /** Of a stream: throws when the caller may not have the answer any more. Asked for each tool call. */
  readonly assertRights?: () => void
  /** Called with a text in which a key of ours was found. */
  readonly onOwnKey: (text: string) => void
}

/** Counts of what was found in an answer, by kind, channel and action. */
export class AnswerFindings {
  /** Mostly nothing is found. */
  #counts: Map<string, FindingCount> | undefined

  add(type: string, channel: Channel, action: Action, count = 1): void {
    const key = `${type} ${channel} ${action}`
    this.#counts ??= new Map()
    this.#counts.set(key, { type, channel, action, count: (this.#counts.get(key)?.count ?? 0) + count })
  }

  list(): FindingCount[] {
    return this.#counts === undefined ? [] : [...this.#counts.values()]
  }
}

/** True when a rule may change or stop an answer: then a text is held until it is whole, and judged at once. */
export const isStrict = (rules: readonly Rule[]): boolean => rules.some(({ action }) => action !== 'note')

/** A text of an answer, as a body has it. */
type AnswerText = Pick<ChatSegment, 'text' | 'channel' | 'isFixed' | 'isLed'>

/** What judging the texts of one answer takes. */
interface Judge {
  readonly facts: GateFacts
  readonly found: AnswerFindings
  readonly restore: (text: string) => string
}

export const createJudge = (facts: GateFacts, found: AnswerFindings): Judge => ({
  facts,
  found,
  restore: createTextRestorer(facts.issued),
})

/** What must be written otherwise than it stands, text by text. Throws `answer-blocked`. */
export function treatAnswers(segments: readonly ChatSegment[], judge: Judge): TextEdit[] {
  const edits: TextEdit[] = []
  for (const segment of segments) {
    const text = treatAnswer(segment, judge)
    if (text !== segment.text) edits.push({ segment, text })
  }
  return edits
}

/**
 * Judges one whole text of an answer and puts pseudonyms back.
 * Throws `answer-blocked`, also where signed text would have to be changed, and `held`.
 */
function treatAnswer(
  { text, channel, isFixed = false, isLed = false }: AnswerText,
  { facts, found, restore }: Judge,
): string {
  const findings = facts.inspector.inspect(text, channel)
  if (findings.length === 0 && (isFixed || facts.issued.size === 0)) return text
  const treated = findings.map((finding) => decideOn(finding, channel, facts))
  for (const { finding, action } of treated) {
    if (finding.type === ownKeyType) facts.onOwnKey(text.slice(finding.start, finding.end))
    found.add(finding.type, channel, action)
    if (action === 'hold') throw new Refusal('held', { isAnswer: true, types: [labelOf(finding, facts)] })
    if (action === 'block' || (isFixed && changesText(action))) {
      throw new Refusal('answer-blocked', { types: [labelOf(finding, facts)] })
    }
  }
  if (isFixed) return text
  // An answer is never pseudonymised: nobody would put the value back. Such a rule masks.
  const changed = transformText(text, treated, unusedPseudonyms).text
  if (facts.issued.size === 0) return changed
  return isLed ? changeValue(changed, restore) : restore(changed)
}

const unusedPseudonyms = createPseudonyms({
  mac: () => {
    throw new Error('answers are masked, never pseudonymised')
  },
})

function decideOn(finding: Finding, channel: Channel, { answerRules }: GateFacts): Treated {
  const action = decideAnswer(answerRules, finding, channel)
  return { finding, action: action === 'pseudonymise' ? 'mask' : action }
}

const labelOf = ({ type }: Finding, { inspector }: GateFacts): string =>
  inspector.kinds.find((kind) => kind.type === type)?.label ?? type

interface Slot {
  readonly channel: StreamPiece['channel']
  readonly isFixed: boolean
  /** What a value under a name of somebody's own is read behind. */
  readonly lead: string | undefined
  /** All the provider sent for this slot, where it is held. */
  sent: string
  /** Undefined for a text that is held until it is whole. */
  readonly watcher: ReturnType<typeof createAnswerWatcher> | undefined
  readonly restorer: Restorer | undefined
}

/**
 * Stands between a provider's stream and the caller, one slot (content block, choice, tool call) at a time.
 * Without strict rules, text passes at once but for a tail that could still become a pseudonym. With one, and where an
 * original must be escaped as deep as it stands in JSON, a slot's text is held until the slot ends and is then judged
 * whole: never skipped because it came in pieces.
 */
export class AnswerGate {
  readonly found = new AnswerFindings()
  readonly #facts: GateFacts
  readonly #judge: Judge
  readonly #isStrict: boolean
  readonly #fitsAnywhere: boolean
  readonly #slots = new Map<string, Slot>()

  constructor(facts: GateFacts) {
    this.#facts = facts
    this.#judge = createJudge(facts, this.found)
    this.#isStrict = isStrict(facts.answerRules)
    this.#fitsAnywhere = fitsAnywhere(facts.issued)
  }

  /** Only what was read may pass then: an event is written anew from its data. */
  get isStrict(): boolean {
    return this.#isStrict
  }

  /** A tool call acts for the caller: it is begun and completed only by the rights of that moment. */
  #assertRights({ channel }: Pick<Slot, 'channel'>): void {
    if (channel === 'tool-arguments') this.#facts.assertRights?.()
  }

  /** What of this piece, and of what was held before it, may go on now. Throws what `assertRights` does. */
  push(piece: StreamPiece): string {
    const slot = this.#slots.get(piece.slot) ?? this.#openSlot(piece)
    if (slot.watcher === undefined) {
      slot.sent += piece.text
      return ''
    }
    slot.watcher.push(piece.text)
    return slot.restorer === undefined ? piece.text : slot.restorer.push(piece.text)
  }

  /** What was still held of a slot that ends now. Throws `answer-blocked`, and what `assertRights` does. */
  end(name: string): string {
    const slot = this.#slots.get(name)
    if (slot === undefined) return ''
    this.#slots.delete(name)
    this.#assertRights(slot)
    if (slot.watcher === undefined) return this.#judgeWhole(slot)
    if (slot.lead !== undefined) slot.watcher.push(tail)
    for (const [type, count] of slot.watcher.end()) this.found.add(type, slot.channel, 'note', count)
    return slot.restorer?.end() ?? ''
  }

  /** Slots that have not ended yet, oldest first. */
  openSlots(): string[] {
    return [...this.#slots.keys()]
  }

  readonly #look = ({ type, start, end }: Finding, text: string): void => {
    if (type === ownKeyType) this.#facts.onOwnKey(text.slice(start, end))
  }

  #openSlot({ slot: name, text, channel, under, isFixed }: StreamPiece): Slot {
    this.#assertRights({ channel })
    const mayRestore = this.#facts.issued.size > 0 && !isFixed
    // How an original is escaped depends on what the text turns out to be, and that shows at its end.
    const mustWait = mayRestore && !this.#fitsAnywhere && (channel === 'tool-arguments' || mayBeJson(text))
    const isHeld = this.#isStrict || mustWait
    const lead = leadOf(under)
    const watcher = isHeld ? undefined : createAnswerWatcher(this.#facts.inspector, channel, this.#look)
    if (lead !== undefined) watcher?.push(lead)
    const restorer = mayRestore ? createRestorer(this.#facts.issued) : undefined
    const slot: Slot = { channel, isFixed, lead, sent: '', watcher, restorer }
    this.#slots.set(name, slot)
    return slot
  }

  #judgeWhole({ sent, channel, isFixed, lead }: Slot): string {
    if (channel === 'tool-arguments') return treatArguments(sent, this.#judge)
    if (lead === undefined) return treatAnswer({ text: sent, channel, isFixed }, this.#judge)
    const text = lead + sent + tail
    return valueAfterName(treatAnswer({ text, channel, isFixed, isLed: true }, this.#judge))
  }
}

const jsonText: Place = { channel: 'tool-arguments', isJsonText: true }

/** Tool arguments are JSON source: read, judged and written as those of a whole answer are. */
function treatArguments(source: string, judge: Judge): string {
  const body = { arguments: source }
  const { segments } = walkJson(body, jsonText, () => jsonText)
  const edits = treatAnswers(segments, judge)
  return edits.length === 0 ? source : (patchBody(body, edits)['arguments'] as string)
}
