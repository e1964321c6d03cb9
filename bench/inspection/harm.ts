/**
 * What the grammar of requests for harm takes for one although it is none: ordinary texts, and its benign twins, which ask for
 * work of security and speak of attacks. That it finds what it is made for, and not the same words in history, medicine and
 * everyday life, is held by `src/inspect/harm/harm.test.ts`.
 */
import { createInjectionScorer, createInspector, harmKinds } from '#/inspect/index.ts'
import { atMost, type Figure, told } from '../figure.ts'
import type { LabelledPrompt } from './benign.ts'
import { readRows } from './corpus.ts'

const perTexts = 1_000
/** A false alarm in two thousand texts is one a week for somebody who asks a lot. */
const mostInOrdinary = 0.5

const types: readonly string[] = Object.values(harmKinds).map(({ type }) => type)

export async function harmFigures(corporaFolder: string): Promise<Figure[]> {
  const rows = await readRows<LabelledPrompt>(corporaFolder, 'injection/dev.jsonl.gz')
  const { inspect } = createInspector({ terms: [], injection: createInjectionScorer() })
  const texts = new Map<string, number>()
  const found = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string): unknown =>
    counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { label, kind, text } of rows) {
    if (label !== 0 || kind === 'tool-output') continue
    const set = kind.startsWith('hardneg') ? kind : 'ordinary texts'
    add(texts, set)
    const own = new Set(inspect(text, 'user').map(({ type }) => type))
    for (const type of types) if (own.has(type)) add(found, `${set}: ${type}`)
    if (types.some((type) => own.has(type))) add(found, set)
  }
  const shareOf = (key: string, set: string): number =>
    ((found.get(key) ?? 0) * perTexts) / (texts.get(set) ?? 1)
  return [...texts].flatMap(([set, count]) => [
    set === 'ordinary texts'
      ? atMost(`harm found, ${set} (${count})`, shareOf(set, set), 'per 1,000', mostInOrdinary)
      : told(`harm found, ${set} (${count})`, shareOf(set, set), 'per 1,000'),
    ...types
      .filter((type) => found.has(`${set}: ${type}`))
      .map((type) => told(`${type} found, ${set}`, shareOf(`${set}: ${type}`, set), 'per 1,000')),
  ])
}
