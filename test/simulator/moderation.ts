import type { ServerResponse } from 'node:http'
import { sendStatus } from './behaviour.ts'

interface Body {
  readonly model: string
  readonly input: readonly string[]
}

/** What flags a text, by a word that stands in it. */
const words: Readonly<Record<string, string>> = {
  'flag-violence': 'violence',
  'flag-threat': 'harassment/threatening',
  'flag-crime': 'illicit',
  'flag-new': 'a-category-of-tomorrow',
}

/**
 * Moderations in OpenAI's shape. A text with `sim-stall`, `sim-503` or `sim-malformed` in it asks for that. The score of
 * what is flagged is 0.91, of everything else 0.02.
 */
export function answerModeration({ model, input }: Body, response: ServerResponse): void {
  const asked = /sim-(\w+)/.exec(input.join(' '))?.[1] ?? ''
  if (asked === 'stall' || sendStatus(response, asked)) return
  response.writeHead(200, { 'content-type': 'application/json' })
  if (asked === 'malformed') {
    response.end('{"results": [')
    return
  }
  response.end(
    JSON.stringify({ id: 'modr-simulated', model: `${model}-2026-11-01`, results: input.map(resultOf) }),
  )
}

function resultOf(text: string) {
  const flagged = Object.entries(words).map(([word, category]) => [category, text.includes(word)] as const)
  return {
    flagged: flagged.some(([, is]) => is),
    categories: Object.fromEntries(flagged),
    category_scores: Object.fromEntries(flagged.map(([category, is]) => [category, is ? 0.91 : 0.02])),
  }
}
