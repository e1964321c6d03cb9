/** Multinomial logistic regression by stochastic descent over sparse rows. Deterministic. */
import { windowsOf } from '#/inspect/injection/model.ts'
import { readWords } from '#/inspect/injection/plain-words.ts'
import { topicNames } from '#/inspect/topics/kinds.ts'
import { featuresOf, type TopicWeights, tableSize } from '#/inspect/topics/model.ts'
import { fewestWords } from '#/inspect/topics/topics.ts'
import { seeded } from '../names/random.ts'
import { groups } from './sentences.ts'
import type { WrittenText } from './write-texts.ts'

/** A window: places of what is known, what it counts, and its topic, or -1. */
export interface Example {
  readonly features: Int32Array
  readonly norm: number
  readonly topic: number
}

const topicCount = topicNames.length
const settings = { epochs: 6, rate: 1, decay: 4e-6, leftOut: 0.35 }

/** Words of the sentences, and pairs that stand in two of them: what stands in one tells nothing about the next. */
export function knownPlaces(): Uint8Array {
  const counts = new Uint8Array(tableSize)
  for (const { sentences, terms } of groups) {
    // A term is as good as two sentences: its words belong together.
    for (const sentence of [...sentences, ...terms, ...terms]) {
      const words = readWords(sentence.replace(/\{\w+\}/g, '.').replace(/[[\]|]/g, ' '))
      const seen = new Set<number>()
      featuresOf(words, 0, words.hashes.length, (place, isPair) => {
        if (!seen.has(place)) counts[place] = Math.min(200, (counts[place] as number) + (isPair ? 1 : 2))
        seen.add(place)
      })
    }
  }
  return counts.map((count) => (count >= 2 ? 1 : 0))
}

/** The windows of a text, as the finder reads them. */
export function examplesOf({ topic, text }: WrittenText, known: Uint8Array): readonly Example[] {
  const words = readWords(text)
  if (words.starts.length < fewestWords) return []
  return windowsOf(words).map(([first, end]): Example => {
    const features = new Set<number>()
    featuresOf(words, first, end, (place) => {
      if (known[place] === 1) features.add(place)
    })
    return {
      features: Int32Array.from(features),
      norm: 1 / Math.sqrt(end - first),
      topic: topic === undefined ? -1 : topicNames.indexOf(topic),
    }
  })
}

/** Weights without a threshold, which is set on what was left out. */
export function fit(examples: readonly Example[]): Omit<TopicWeights, 'flagFrom'> {
  const weights = new Float32Array(tableSize * topicCount)
  const squares = new Float32Array(tableSize * topicCount).fill(0.05)
  const bias = new Float32Array(topicCount).fill(-3)
  const biasSquares = new Float32Array(topicCount).fill(1)
  const odds = new Float64Array(topicCount)
  const random = seeded(7)
  const order = shuffled(examples.length)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (const index of order) {
      const { features: all, norm, topic } = examples[index] as Example
      odds.set(bias)
      // Words left out at random: the evidence has to be spread over all of them.
      const features = all.filter(() => random() >= settings.leftOut)
      for (const place of features) {
        const from = place * topicCount
        for (let each = 0; each < topicCount; each++)
          odds[each] = (odds[each] as number) + norm * (weights[from + each] as number)
      }
      const highest = Math.max(0, ...odds)
      let sum = Math.exp(-highest)
      for (const value of odds) sum += Math.exp(value - highest)
      for (let each = 0; each < topicCount; each++) {
        const slope = Math.exp((odds[each] as number) - highest) / sum - (each === topic ? 1 : 0)
        if (Math.abs(slope) < 1e-4) continue
        biasSquares[each] = (biasSquares[each] as number) + slope * slope
        bias[each] = (bias[each] as number) - (settings.rate * slope) / Math.sqrt(biasSquares[each] as number)
        for (const place of features) {
          const at = place * topicCount + each
          const gradient = slope * norm + settings.decay * (weights[at] as number)
          squares[at] = (squares[at] as number) + gradient * gradient
          weights[at] =
            (weights[at] as number) - (settings.rate * gradient) / Math.sqrt(squares[at] as number)
        }
      }
    }
  }
  return packed(weights, bias)
}

/** In steps of one 127th of the largest; places whose weights are all nothing are left out. */
function packed(weights: Float32Array, bias: Float32Array): Omit<TopicWeights, 'flagFrom'> {
  const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127
  const places: number[] = []
  const kept: number[] = []
  for (let place = 0; place < tableSize; place++) {
    const own = Array.from(weights.subarray(place * topicCount, (place + 1) * topicCount), (weight) =>
      Math.round(weight / scale),
    )
    if (own.every((weight) => weight === 0)) continue
    places.push(place)
    kept.push(...own)
  }
  return { places: Uint16Array.from(places), weights: Int8Array.from(kept), scale, bias }
}

function shuffled(count: number): readonly number[] {
  const random = seeded(20_261_125)
  const order = Array.from({ length: count }, (_, index) => index)
  for (let index = count - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    ;[order[index], order[other]] = [order[other] as number, order[index] as number]
  }
  return order
}
