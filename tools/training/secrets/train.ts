/** Logistic regression by AdaGrad over hashed features, then rounded to a byte a weight. Deterministic. */
import { featuresOf, weightCount } from '#/inspect/secrets/features.ts'
import { letterTableSize, triple } from '#/inspect/secrets/letters.ts'
import { writeSecretModel } from '#/inspect/secrets/model.ts'
import type { OrdinaryText } from './corpora.ts'
import { type Example, negativesOf } from './examples.ts'

const rounds = 10
const step = 0.25
const decay = 2e-5

/** Sources of ordinary texts that are learnt from; the others are kept for measuring. */
const learntSources = new Set(['codealpaca', 'llamafactory', 'xquad', 'gsm8k'])

export const isLearnt = ({ src }: OrdinaryText): boolean => learntSources.has(src)

export interface OrdinarySide {
  readonly letters: Int8Array
  readonly negatives: readonly Example[]
}

/** What ordinary texts teach: how words look, and values that are no secrets. */
export function ordinarySide(texts: readonly OrdinaryText[]): OrdinarySide {
  const learnt = texts.filter(isLearnt)
  return {
    letters: countLetters(learnt.map(({ text }) => text)),
    negatives: learnt.flatMap(({ text, src }) => negativesOf(text, src)),
  }
}

/** Bytes for `loadSecretModel`. */
export function trainSecretModel(examples: readonly Example[], letters: Int8Array): Uint8Array {
  const rows = examples.map(({ text, candidate }) => Int32Array.from(featuresOf(text, candidate, letters)))
  const shares = sharesOf(examples)
  const weights = new Float32Array(weightCount)
  const squares = new Float32Array(weightCount).fill(1e-6)
  let bias = 0
  const order = Int32Array.from(rows, (_, index) => index)
  const random = randomFrom(20_251_125)
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random)
    for (const index of order) {
      const features = rows[index] as Int32Array
      const size = 1 / Math.sqrt(features.length)
      let sum = 0
      for (const feature of features) sum += weights[feature] as number
      const error = 1 / (1 + Math.exp(-(bias + sum * size))) - Number((examples[index] as Example).isSecret)
      const gradient = error * size * (shares[index] as number)
      bias -= 0.01 * error
      for (const feature of features) {
        const slope = gradient + decay * (weights[feature] as number)
        squares[feature] = (squares[feature] as number) + slope * slope
        weights[feature] =
          (weights[feature] as number) - (step * slope) / Math.sqrt(squares[feature] as number)
      }
    }
  }
  return rounded(weights, bias, letters)
}

/** A group with a thousand lines of one kind would speak louder than all others: it counts by its square root. */
function sharesOf(examples: readonly Example[]): Float32Array {
  const counts = new Map<string, number>()
  for (const { group, isSecret } of examples) {
    const key = `${group} ${isSecret}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Float32Array.from(examples, ({ group, isSecret }) =>
    Math.min(1, 8 / Math.sqrt(counts.get(`${group} ${isSecret}`) as number)),
  )
}

function rounded(weights: Float32Array, bias: number, letters: Int8Array): Uint8Array {
  let largest = 1e-6
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight))
  const scale = largest / 127
  return writeSecretModel({
    scale,
    bias,
    letters,
    weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)),
  })
}

/** How usual each letter is after the two before it, in words of these texts; logarithms in eighths, -128 at least. */
export function countLetters(texts: Iterable<string>): Int8Array {
  const counts = new Float64Array(letterTableSize)
  for (const text of texts) {
    for (const [word] of text.toLowerCase().matchAll(/[a-z]{2,20}/g)) {
      let one = 0
      let two = 0
      for (let index = 0; index <= word.length; index++) {
        const three = index < word.length ? word.charCodeAt(index) : 0
        const place = triple(one, two, three)
        counts[place] = (counts[place] as number) + 1
        one = two
        two = three
      }
    }
  }
  const letters = new Int8Array(letterTableSize)
  for (let pair = 0; pair < letterTableSize; pair += 27) {
    let total = 0
    for (let index = pair; index < pair + 27; index++) total += counts[index] as number
    for (let index = pair; index < pair + 27; index++) {
      const share = ((counts[index] as number) + 0.02) / (total + 27 * 0.02 + 5)
      letters[index] = Math.max(-128, Math.round(Math.log2(share) * 8))
    }
  }
  return letters
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const kept = order[index] as number
    order[index] = order[other] as number
    order[other] = kept
  }
}

/** A linear congruential generator: the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
