/**
 * Averaged structured perceptron over runs of candidates: the best row of tags is decoded, and where it is wrong the
 * weights of the right row go up and those of the decoded one down. Source: Collins 2002.
 */
import { beginTag, Decoder, insideTag } from '#/inspect/names/decode.ts'
import { featureCount, writeFeatures } from '#/inspect/names/features.ts'
import { markGerman } from '#/inspect/names/language.ts'
import { makeTokens, readTokens, type Tokens } from '#/inspect/names/tokens.ts'
import type { WordList } from '#/inspect/names/word-list.ts'
import type { Labelled, Span } from './corpora.ts'
import { seeded } from './random.ts'

/** Marks where to look; false when there is nothing. */
export type MarkCandidates = (tokens: Tokens, words: WordList) => boolean

/** Runs of candidates of many texts, with their features as row numbers and their right tags. */
export interface Examples {
  /** First token of each run, and the end of the last. */
  readonly runs: Int32Array
  /** `featureCount` hashes for each token. */
  readonly hashes: Int32Array
  readonly tags: Uint8Array
  /** Spans of each type that lie where nobody looks. */
  readonly missed: Readonly<Record<string, number>>
}

export function readExamples(
  texts: readonly Labelled[],
  types: readonly string[],
  words: WordList,
  mark: MarkCandidates,
): Examples {
  const tokens = makeTokens(1 << 16)
  const runs: number[] = []
  let hashes = new Int32Array(1 << 20)
  let tags = new Uint8Array(1 << 16)
  let total = 0
  const missed: Record<string, number> = {}
  for (const { text, spans } of texts) {
    readTokens(text, 0, tokens)
    markGerman(tokens)
    mark(tokens, words)
    const own = tagsOf(tokens, spans, types)
    for (const span of spans) if (!isWithinRun(tokens, span)) missed[span.type] = (missed[span.type] ?? 0) + 1
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.isCandidate[at] === 0) continue
      if (at === 0 || tokens.isCandidate[at - 1] === 0) runs.push(total)
      if ((total + 1) * featureCount > hashes.length) hashes = grown(hashes, Int32Array)
      if (total === tags.length) tags = grown(tags, Uint8Array)
      writeFeatures(text, tokens, at, words, hashes, total * featureCount)
      const tag = own[at] as number
      // A name that begins where nobody looks begins here.
      const isCut = tag > 0 && tag % 2 === 0 && (at === 0 || tokens.isCandidate[at - 1] === 0)
      tags[total++] = isCut ? tag - 1 : tag
    }
  }
  runs.push(total)
  return {
    runs: Int32Array.from(runs),
    hashes: hashes.slice(0, total * featureCount),
    tags: tags.slice(0, total),
    missed,
  }
}

const grown = <T extends Int32Array | Uint8Array>(old: T, Type: new (length: number) => T): T => {
  const larger = new Type(old.length * 2)
  larger.set(old as never)
  return larger
}

function tagsOf({ count, start, end }: Tokens, spans: readonly Span[], types: readonly string[]): Uint8Array {
  const tags = new Uint8Array(count)
  for (const span of spans) {
    const type = types.indexOf(span.type)
    if (type === -1) continue
    let isOpen = false
    for (
      let at = firstEndAfter(end, count, span.start);
      at < count && (start[at] as number) < span.end;
      at++
    ) {
      tags[at] = isOpen ? insideTag(type) : beginTag(type)
      isOpen = true
    }
  }
  return tags
}

function firstEndAfter(end: Int32Array, count: number, position: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((end[middle] as number) <= position) low = middle + 1
    else high = middle
  }
  return low
}

function isWithinRun(tokens: Tokens, span: Span): boolean {
  for (let at = firstEndAfter(tokens.end, tokens.count, span.start); at < tokens.count; at++) {
    if ((tokens.start[at] as number) >= span.end) return true
    if (tokens.isCandidate[at] === 0) return false
  }
  return true
}

/** Row numbers for hashes that occur at least `least` times; 0 is the row of all others and stays empty. */
export interface Rows {
  readonly count: number
  /** The hash of each row. */
  readonly hashOf: Int32Array
  readonly rowOf: (hash: number) => number
}

export function countRows(parts: readonly Examples[], least: number): Rows {
  const size = 1 << 24
  const keys = new Int32Array(size)
  const counts = new Uint8Array(size)
  const rows = new Int32Array(size)
  const find = (hash: number): number => {
    let place = (hash ^ (hash >>> 9)) & (size - 1)
    while (counts[place] !== 0 && keys[place] !== hash) place = (place + 1) & (size - 1)
    return place
  }
  for (const { hashes } of parts) {
    for (let index = 0; index < hashes.length; index++) {
      const place = find(hashes[index] as number)
      keys[place] = hashes[index] as number
      if ((counts[place] as number) < 255) counts[place] = (counts[place] as number) + 1
    }
  }
  const kept: number[] = [0]
  for (let place = 0; place < size; place++) {
    if ((counts[place] as number) < least) continue
    rows[place] = kept.length
    kept.push(keys[place] as number)
  }
  return { count: kept.length, hashOf: Int32Array.from(kept), rowOf: (hash) => rows[find(hash)] as number }
}

/** Examples whose hashes are row numbers. */
export interface Numbered extends Examples {
  readonly rows: Int32Array
}

export const numberRows = (examples: Examples, rows: Rows): Numbered => ({
  ...examples,
  rows: examples.hashes.map(rows.rowOf),
})

export interface Trained {
  readonly tags: number
  /** `rows * tags`. */
  readonly weights: Float32Array
  readonly transitions: Float32Array
}

export interface TrainOptions {
  readonly types: readonly string[]
  readonly rowCount: number
  readonly rounds: number
  /** Trains once for each, in another order of the texts, and takes the mean of the weights: what chance taught one evens out. */
  readonly seeds: readonly number[]
  /** Costs of tags that are wrong, added while decoding in training: a margin. */
  readonly margin: number
  /** Share of the features that is left out in training, others each time: what remains has to do without the word itself. */
  readonly leftOut: number
  readonly say?: (line: string) => void
}

/** Each part is read `times` times a round; a fraction takes that share of its runs. */
export interface Part {
  readonly examples: Numbered
  readonly times: number
  /** Which runs may be used; all by default. */
  readonly uses?: (run: number) => boolean
}

export function trainTagger(parts: readonly Part[], options: TrainOptions): Trained {
  const [first, ...more] = options.seeds.map((seed) => trainOnce(parts, options, seed))
  if (first === undefined) throw new Error('training needs a seed')
  for (const { weights, transitions } of more) {
    for (let index = 0; index < weights.length; index++) first.weights[index]! += weights[index]!
    for (let index = 0; index < transitions.length; index++) first.transitions[index]! += transitions[index]!
  }
  const share = 1 / options.seeds.length
  return {
    tags: first.tags,
    weights: first.weights.map((weight) => weight * share),
    transitions: first.transitions.map((weight) => weight * share),
  }
}

function trainOnce(parts: readonly Part[], options: TrainOptions, seed: number): Trained {
  const { types, rowCount, rounds, margin, leftOut, say } = options
  const tags = 1 + 2 * types.length
  const weights = new Float32Array(rowCount * tags)
  const summed = new Float32Array(rowCount * tags)
  const transitions = new Float32Array(tags * tags)
  const summedTransitions = new Float32Array(tags * tags)
  const random = seeded(seed)
  const decoder = new Decoder(tags)
  let scores = new Float32Array(4096 * tags)
  let path = new Uint8Array(4096)
  let step = 1
  let used = new Int32Array(4096 * featureCount)
  const order = parts.flatMap(({ examples, times, uses }, part) => {
    const runs = Array.from({ length: examples.runs.length - 1 }, (_, run) => run).filter(
      uses ?? (() => true),
    )
    return runs.flatMap((run) => Array.from({ length: Math.ceil(times) }, () => [part, run] as const))
  })
  for (let round = 0; round < rounds; round++) {
    let wrong = 0
    for (let index = order.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1))
      const kept = order[index]!
      order[index] = order[other]!
      order[other] = kept
    }
    for (const [part, run] of order) {
      const { examples, times } = parts[part]!
      if (times < 1 && random() > times) continue
      const { rows, runs, tags: right } = examples
      const from = runs[run]!
      const count = runs[run + 1]! - from
      if (count > path.length) {
        scores = new Float32Array(count * 2 * tags)
        path = new Uint8Array(count * 2)
      }
      if (count * featureCount > used.length) used = new Int32Array(count * featureCount * 2)
      for (let at = 0; at < count * featureCount; at++)
        used[at] = leftOut > 0 && random() < leftOut ? 0 : rows[from * featureCount + at]!
      for (let at = 0; at < count; at++) {
        addRow(scores, at, used, at * featureCount, weights, tags)
        const rightTag = right[from + at]!
        for (let tag = 0; tag < tags; tag++) if (tag !== rightTag) scores[at * tags + tag]! += margin
      }
      decoder.decode(scores, count, transitions, path)
      step++
      let isWrong = false
      for (let at = 0; at < count; at++) {
        const rightTag = right[from + at]!
        const tag = path[at]!
        if (tag === rightTag) continue
        isWrong = true
        const first = at * featureCount
        for (let feature = 0; feature < featureCount; feature++) {
          const row = used[first + feature]! * tags
          if (row === 0) continue
          weights[row + rightTag]! += 1
          summed[row + rightTag]! += step
          weights[row + tag]! -= 1
          summed[row + tag]! -= step
        }
      }
      if (!isWrong) continue
      wrong++
      let before = 0
      let rightBefore = 0
      for (let at = 0; at <= count; at++) {
        const tag = at === count ? 0 : path[at]!
        const rightTag = at === count ? 0 : right[from + at]!
        if (tag !== rightTag || before !== rightBefore) {
          transitions[rightBefore * tags + rightTag]! += 1
          summedTransitions[rightBefore * tags + rightTag]! += step
          transitions[before * tags + tag]! -= 1
          summedTransitions[before * tags + tag]! -= step
        }
        before = tag
        rightBefore = rightTag
      }
    }
    say?.(`round ${round + 1}: ${wrong} of ${order.length} runs wrong`)
  }
  for (let index = 0; index < weights.length; index++) weights[index]! -= summed[index]! / step
  for (let index = 0; index < transitions.length; index++)
    transitions[index]! -= summedTransitions[index]! / step
  return { tags, weights, transitions }
}

/** Scores of one token: the sum of its rows. */
export function addRow(
  scores: Float32Array,
  at: number,
  rows: Int32Array,
  first: number,
  weights: Float32Array,
  tags: number,
): void {
  const offset = at * tags
  for (let tag = 0; tag < tags; tag++) scores[offset + tag] = 0
  for (let feature = 0; feature < featureCount; feature++) {
    const row = rows[first + feature]! * tags
    for (let tag = 0; tag < tags; tag++) scores[offset + tag]! += weights[row + tag]!
  }
}
