import { z } from 'zod'
import type { Usage } from '#/chat/api.ts'
import { kindOfCategory } from './categories.ts'

/** What a model flags in one text: a kind once, with the highest score of its categories. */
export interface Flag {
  readonly type: string
  readonly score: number
}

export interface ModerationAnswer {
  /** What the model calls itself; undefined where it does not say, or says no name. */
  readonly version: string | undefined
  /** For each text, in order. */
  readonly flags: readonly (readonly Flag[])[]
  /** What it says it counted; undefined where it does not say. */
  readonly usage: Usage | undefined
}

const score = z.number().min(0).max(1)

const tokens = z.int().min(0).max(1e12)

const answer = z.object({
  model: z.string().optional(),
  // OpenAI says none. What another says in another form is no reason to take its verdict for unread.
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens.nullish() }).optional().catch(undefined),
  results: z.array(
    z.object({
      categories: z.record(z.string().max(100), z.boolean().nullable()),
      category_scores: z.record(z.string().max(100), score.nullable()).optional(),
    }),
  ),
})

/** A name of a model; anything else it says of itself is not repeated. */
const modelName = /^[\w.:@/-]{1,100}$/

/**
 * An answer in the shape of OpenAI's moderations. With a threshold its scores count, without one its own word.
 * Undefined when it cannot be read, does not speak of each text, names no category of one, or has no score where one is needed.
 */
export function readModerationAnswer(
  bytes: Buffer,
  texts: number,
  threshold: number | undefined,
): ModerationAnswer | undefined {
  const read = answer.safeParse(jsonIn(bytes))
  if (!read.success || read.data.results.length !== texts) return undefined
  const { model, results, usage } = read.data
  const flags: (readonly Flag[])[] = []
  for (const { categories, category_scores: scores = {} } of results) {
    // Nothing was judged, which must not pass for nothing found.
    if (Object.keys(categories).length === 0) return undefined
    if (threshold !== undefined && Object.keys(categories).some((name) => typeof scores[name] !== 'number'))
      return undefined
    const highest = new Map<string, number>()
    for (const [name, isFlagged] of Object.entries(categories)) {
      const own = scores[name] ?? 1
      const kind = kindOfCategory(name)
      if (kind === undefined || !(threshold === undefined ? isFlagged : own >= threshold)) continue
      highest.set(kind.type, Math.max(own, highest.get(kind.type) ?? 0))
    }
    flags.push([...highest].map(([type, its]) => ({ type, score: its })))
  }
  return {
    version: model !== undefined && modelName.test(model) ? model : undefined,
    flags,
    usage: usage && {
      inputTokens: usage.prompt_tokens,
      outputTokens: usage.completion_tokens ?? 0,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
    },
  }
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // No JSON is no answer, as any other that cannot be read.
    return undefined
  }
}
