/**
 * Ordinary texts in which next to nothing should be masked: what people ask and write that holds no attack. Findings
 * for each ten thousand words, by kind; an address that stands in them counts as well.
 */
import { createInspector } from '#/inspect/index.ts'
import { type Figure, told } from '../figure.ts'
import { readRows } from './corpus.ts'

export interface LabelledPrompt {
  readonly label: number
  readonly kind: string
  readonly text: string
}

const perWords = 10_000

/** Not texts about prompts, nor made-up answers of tools, which hold made-up persons on purpose. */
const isOrdinary = (kind: string): boolean => !kind.startsWith('hardneg') && kind !== 'tool-output'

export async function benignFigures(corporaFolder: string): Promise<Figure[]> {
  const rows = await readRows<LabelledPrompt>(corporaFolder, 'injection/dev.jsonl.gz')
  const { inspect } = createInspector({ terms: [] })
  const counts = new Map<string, number>()
  let words = 0
  for (const { label, kind, text } of rows) {
    if (label !== 0 || !isOrdinary(kind)) continue
    words += text.match(/\S+/g)?.length ?? 0
    for (const { type } of inspect(text, 'user')) counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return [
    told('ordinary texts: words', words, 'words'),
    told('ordinary texts: all findings', (all * perWords) / words, 'per 10,000 words'),
    ...[...counts]
      .toSorted(([, one], [, other]) => other - one)
      .map(([type, count]) =>
        told(`ordinary texts: ${type}`, (count * perWords) / words, 'per 10,000 words'),
      ),
  ]
}
