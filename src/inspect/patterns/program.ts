/**
 * A pattern as steps, and one pass over a text that follows all of them at once (Thompson, 1968): each character costs
 * at most as much as the pattern has steps, whatever the text. Each step that is reached knows the earliest start it
 * can have been reached from, so no stretch is read twice.
 */
import { patternLimits } from './api.ts'
import { type Edge, isWord, type Node, type UnitTest } from './parse.ts'

type Step =
  | { readonly kind: 'unit'; readonly test: UnitTest }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'split'; to: number; or: number }
  | { readonly kind: 'go'; to: number }
  | { readonly kind: 'found' }

export interface Program {
  readonly steps: readonly Step[]
  /** ASCII units a find can begin with; any other unit may begin one. */
  readonly firsts: Uint8Array
}

export class TooManySteps extends Error {
  override readonly name = 'TooManySteps'
}

/** Throws `TooManySteps`. */
export function compileProgram(node: Node): Program {
  const steps: Step[] = []
  emit(node, steps)
  steps.push({ kind: 'found' })
  return { steps, firsts: firstsOf(steps) }
}

function add(steps: Step[], step: Step): number {
  if (steps.length >= patternLimits.steps) throw new TooManySteps()
  return steps.push(step) - 1
}

function emit(node: Node, steps: Step[]): void {
  if (node.kind === 'unit' || node.kind === 'edge') add(steps, node)
  else if (node.kind === 'row') for (const each of node.nodes) emit(each, steps)
  else if (node.kind === 'either') emitEither(node.nodes, steps)
  else emitRepeat(node, steps)
}

function emitEither(nodes: readonly Node[], steps: Step[]): void {
  const ends: { to: number }[] = []
  for (const [index, node] of nodes.entries()) {
    if (index === nodes.length - 1) {
      emit(node, steps)
      continue
    }
    const split = { kind: 'split' as const, to: steps.length + 1, or: 0 }
    add(steps, split)
    emit(node, steps)
    const go = { kind: 'go' as const, to: 0 }
    add(steps, go)
    ends.push(go)
    split.or = steps.length
  }
  for (const go of ends) go.to = steps.length
}

function emitRepeat({ node, least, most }: Extract<Node, { kind: 'repeat' }>, steps: Step[]): void {
  for (let count = 0; count < least; count++) emit(node, steps)
  if (!Number.isFinite(most)) {
    const split = { kind: 'split' as const, to: steps.length + 1, or: 0 }
    const at = add(steps, split)
    emit(node, steps)
    add(steps, { kind: 'go', to: at })
    split.or = steps.length
    return
  }
  const splits: { or: number }[] = []
  for (let count = least; count < most; count++) {
    const split = { kind: 'split' as const, to: steps.length + 1, or: 0 }
    add(steps, split)
    splits.push(split)
    emit(node, steps)
  }
  for (const split of splits) split.or = steps.length
}

/** What the steps reached without a unit being read can begin with. */
function firstsOf(steps: readonly Step[]): Uint8Array {
  const firsts = new Uint8Array(128)
  const seen = new Set<number>()
  const waiting = [0]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const step = steps[at] as Step
    if (step.kind === 'unit') {
      for (let code = 0; code < 128; code++) if (step.test(code)) firsts[code] = 1
    } else if (step.kind === 'split') waiting.push(step.to, step.or)
    else if (step.kind === 'go') waiting.push(step.to)
    else if (step.kind === 'edge') waiting.push(at + 1)
  }
  return firsts
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** Where the pattern stands, in order, not overlapping: of those that do, the one that starts first, the longest of it. */
export function findSpans({ steps, firsts }: Program, text: string): readonly Span[] {
  const spans: Span[] = []
  let now = new Reached(steps.length)
  let next = new Reached(steps.length)
  const stack: number[] = []
  /** Adds a step and all that can be reached from it without a unit. */
  const reach = (into: Reached, first: number, start: number, at: number): void => {
    stack.push(first)
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (!into.add(place, start)) continue
      const step = steps[place] as Step
      if (step.kind === 'split') stack.push(step.or, step.to)
      else if (step.kind === 'go') stack.push(step.to)
      else if (step.kind === 'edge' && isAtEdge(step.edge, text, at)) stack.push(place + 1)
      else if (step.kind === 'found' && at > start) note(spans, start, at)
    }
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const mayBegin = code > 127 || firsts[code] === 1
    if (!mayBegin && now.count === 0) continue
    // Those that began earlier stand before it, so the earliest start stays.
    if (mayBegin) reach(now, 0, at, at)
    for (let index = 0; index < now.count; index++) {
      const place = now.placeAt(index)
      const step = steps[place] as Step
      if (step.kind === 'unit' && step.test(code)) reach(next, place + 1, now.startOf(place), at + 1)
    }
    const done = now
    now = next
    next = done
    next.clear()
  }
  return withoutOverlaps(spans)
}

/** At each end only the earliest start is told; the last end of a start is its longest find. */
function note(spans: Span[], start: number, end: number): void {
  if (spans.at(-1)?.start === start) spans.pop()
  spans.push({ start, end })
}

function withoutOverlaps(spans: readonly Span[]): readonly Span[] {
  if (spans.length < 2) return spans
  const kept: Span[] = []
  let end = 0
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    if (span.start < end) continue
    kept.push(span)
    end = span.end
  }
  return kept
}

function isAtEdge(edge: Edge, text: string, at: number): boolean {
  if (edge === 'line-start') return at === 0 || isNewLine(text.charCodeAt(at - 1))
  if (edge === 'line-end') return at === text.length || isNewLine(text.charCodeAt(at))
  const before = at > 0 && isWord(text.charCodeAt(at - 1))
  const after = at < text.length && isWord(text.charCodeAt(at))
  return (before !== after) === (edge === 'word-edge')
}

const isNewLine = (code: number): boolean => code === 10 || code === 13

/** A set of steps in the order they were reached, with the earliest start of each. */
class Reached {
  count = 0
  readonly #places: Uint16Array
  readonly #indexes: Uint16Array
  readonly #starts: Float64Array

  constructor(size: number) {
    this.#places = new Uint16Array(size)
    this.#indexes = new Uint16Array(size)
    this.#starts = new Float64Array(size)
  }

  /** False when it was there. */
  add(place: number, start: number): boolean {
    const index = this.#indexes[place] as number
    if (index < this.count && this.#places[index] === place) return false
    this.#indexes[place] = this.count
    this.#places[this.count++] = place
    this.#starts[place] = start
    return true
  }

  placeAt = (index: number): number => this.#places[index] as number

  startOf = (place: number): number => this.#starts[place] as number

  clear(): void {
    this.count = 0
  }
}
