/** Logistic regression by stochastic descent over sparse rows. Deterministic: no randomness but a fixed order. */

import { featuresOf, roomFor, tableSize, windowsOf } from '#/inspect/injection/model.ts'
import { readSigns } from '#/inspect/injection/score.ts'
import { kindBits } from '#/inspect/injection/windows.ts'
import type { Row } from './corpus.ts'
import { groupsOf, sketchOf } from './near-duplicates.ts'

/** Rows as windows of features, laid end to end. */
export interface Prepared {
  readonly rows: readonly Row[]
  readonly groups: Int32Array
  /** Texts in the order of their groups. */
  readonly byGroup: Int32Array
  /** Window `w` of the text `textOf[w]` holds `features` from `offsets[w]` to before `offsets[w + 1]`. */
  readonly textOf: Int32Array
  readonly offsets: Int32Array
  readonly features: Int32Array
  /** First window of each text, and one behind the last. */
  readonly firstWindow: Int32Array
}

export function prepare(rows: readonly Row[]): Prepared {
  const textOf: number[] = []
  const offsets: number[] = [0]
  const firstWindow: number[] = []
  const sketches: (readonly number[])[] = []
  let features = new Int32Array(1 << 22)
  let length = 0
  const stamps = new Int32Array(tableSize).fill(-1)
  for (const [index, { text }] of rows.entries()) {
    const { words, hits, spanOf } = readSigns(text)
    sketches.push(sketchOf(words))
    firstWindow.push(textOf.length)
    for (const [first, end] of windowsOf(words)) {
      if (features.length < length + 4 * (end - first) + 64) {
        const larger = new Int32Array(features.length * 2)
        larger.set(features)
        features = larger
      }
      const span = spanOf(words.origins[first] as number, words.origins[end] ?? words.length)
      const kinds = kindBits(hits, span.start, span.end - 1)
      const places = new Int32Array(roomFor(end - first))
      const count = featuresOf(words, first, end, kinds, places)
      for (const at of places.subarray(0, count)) {
        if (stamps[at] === textOf.length) continue
        stamps[at] = textOf.length
        features[length++] = at
      }
      textOf.push(index)
      offsets.push(length)
    }
  }
  firstWindow.push(textOf.length)
  const groups = groupsOf(sketches)
  return {
    rows,
    groups,
    byGroup: Int32Array.from(rows.keys()).sort(
      (one, other) => (groups[one] as number) - (groups[other] as number),
    ),
    textOf: Int32Array.from(textOf),
    offsets: Int32Array.from(offsets),
    features: features.slice(0, length),
    firstWindow: Int32Array.from(firstWindow),
  }
}

export interface Fitted {
  readonly weights: Float32Array
  readonly bias: number
}

export interface Settings {
  readonly epochs: number
  readonly rate: number
  readonly decay: number
  readonly attackWeight: number
  readonly fewestGroups: number
  readonly fewestAttacks: number
}

export const settings: Settings = {
  epochs: 4,
  rate: 0.5,
  decay: 1e-6,
  attackWeight: 3,
  fewestGroups: 8,
  fewestAttacks: 10,
}

/** `weightOf`: how much a text counts, 0 to leave it out. Near-duplicates share the weight of one. */
export function fit(data: Prepared, weightOf: (text: number) => number, how: Settings = settings): Fitted {
  const { rows, groups, textOf, offsets, features, firstWindow } = data
  const inGroup = new Map<number, number>()
  const raw = Float64Array.from(rows.keys(), weightOf)
  for (const [text, weight] of raw.entries()) {
    const group = groups[text] as number
    if (weight > 0) inGroup.set(group, (inGroup.get(group) ?? 0) + 1)
  }
  const order = shuffled(textOf.length).filter((window) => (raw[textOf[window] as number] as number) > 0)
  const isKnown = knownFeatures(data, raw, how)
  const weights = new Float32Array(tableSize)
  const squares = new Float32Array(tableSize).fill(1)
  let bias = -2
  let biasSquares = 1
  for (let epoch = 0; epoch < how.epochs; epoch++) {
    for (const window of order) {
      const text = textOf[window] as number
      const isAttack = (rows[text] as Row).isAttack
      const from = offsets[window] as number
      const to = offsets[window + 1] as number
      const norm = 1 / Math.sqrt(Math.max(1, to - from))
      let sum = 0
      for (let at = from; at < to; at++) sum += weights[features[at] as number] as number
      const odds = bias + sum * norm
      const windows = (firstWindow[text + 1] as number) - (firstWindow[text] as number)
      const share =
        ((raw[text] as number) * (isAttack ? how.attackWeight : 1)) /
        Math.sqrt((inGroup.get(groups[text] as number) as number) * windows)
      const slope = (1 / (1 + Math.exp(-odds)) - (isAttack ? 1 : 0)) * share
      if (Math.abs(slope) < 1e-4) continue
      biasSquares += slope * slope
      bias -= (how.rate * slope) / Math.sqrt(biasSquares)
      const step = slope * norm
      for (let at = from; at < to; at++) {
        const feature = features[at] as number
        if (isKnown[feature] === 0) continue
        const gradient = step + how.decay * (weights[feature] as number)
        squares[feature] = (squares[feature] as number) + gradient * gradient
        weights[feature] =
          (weights[feature] as number) - (how.rate * gradient) / Math.sqrt(squares[feature] as number)
      }
    }
  }
  return { weights, bias }
}

/** Features that enough groups hold, attacks among them: what stands in one template says nothing about the next. */
function knownFeatures(data: Prepared, raw: Float64Array, how: Settings): Uint8Array {
  const { rows, groups, byGroup, firstWindow, offsets, features } = data
  const last = new Int32Array(tableSize).fill(-1)
  const inGroups = new Uint16Array(tableSize)
  const inAttacks = new Uint16Array(tableSize)
  for (const text of byGroup) {
    if (raw[text] === 0) continue
    const group = groups[text] as number
    const { isAttack } = rows[text] as Row
    const to = offsets[firstWindow[text + 1] as number] as number
    for (let at = offsets[firstWindow[text] as number] as number; at < to; at++) {
      const feature = features[at] as number
      if (last[feature] === group) continue
      last[feature] = group
      inGroups[feature] = Math.min(65_535, (inGroups[feature] as number) + 1)
      if (isAttack) inAttacks[feature] = Math.min(65_535, (inAttacks[feature] as number) + 1)
    }
  }
  const isKnown = new Uint8Array(tableSize)
  for (let feature = 0; feature < tableSize; feature++) {
    const isEnough = (inGroups[feature] as number) >= how.fewestGroups
    isKnown[feature] = isEnough && (inAttacks[feature] as number) >= how.fewestAttacks ? 1 : 0
  }
  return isKnown
}

/** Log-odds of the likeliest window of a text. */
export function oddsOf(
  { offsets, features, firstWindow }: Prepared,
  { weights, bias }: Fitted,
  text: number,
): number {
  let highest = bias
  for (let window = firstWindow[text] as number; window < (firstWindow[text + 1] as number); window++) {
    const from = offsets[window] as number
    const to = offsets[window + 1] as number
    let sum = 0
    for (let at = from; at < to; at++) sum += weights[features[at] as number] as number
    const odds = bias + sum / Math.sqrt(Math.max(1, to - from))
    if (window === firstWindow[text] || odds > highest) highest = odds
  }
  return highest
}

/** The numbers below `count` in an order that is always the same. */
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  let state = 20_261_125
  for (let index = count - 1; index > 0; index--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = state % (index + 1)
    ;[order[index], order[other]] = [order[other] as number, order[index] as number]
  }
  return order
}
