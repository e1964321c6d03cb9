/**
 * Ordinary texts in which next to nothing should be masked: what people ask and write that holds no attack. Findings
 * for each ten thousand words, by kind; an address that stands in them counts as well. Each finding was looked at: what
 * is no value of the kind it was taken for is false. `benign-labels.json` holds the verdicts, without the texts.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isNumberOf } from '#/gateway/phone-numbers.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { createInspector, loadSecretModel } from '#/inspect/index.ts'
import { atMost, type Figure, told } from '../figure.ts'
import { readRows } from './corpus.ts'

export interface LabelledPrompt {
  readonly label: number
  readonly kind: string
  readonly text: string
}

interface Labels {
  /** Digests of findings, by verdict. */
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}

const perWords = 10_000

/** Not texts about prompts, nor made-up answers of tools, which hold made-up persons on purpose. */
const isOrdinary = (kind: string): boolean => !kind.startsWith('hardneg') && kind !== 'tool-output'

export async function benignFigures(corporaFolder: string): Promise<Figure[]> {
  const rows = await readRows<LabelledPrompt>(corporaFolder, 'injection/dev.jsonl.gz')
  const labels = JSON.parse(await readFile(labelsFile, 'utf8')) as Labels
  const [right, wrong] = [new Set(labels.right), new Set(labels.wrong)]
  const secrets = loadSecretModel(await readFile(secretWeights))
  const { inspect } = createInspector({ terms: [], phone: isNumberOf, secrets, further: furtherDetectors })
  const counts = new Map<string, number>()
  const verdicts = { right: 0, wrong: 0, unknown: 0 }
  let words = 0
  for (const { label, kind, text } of rows) {
    if (label !== 0 || !isOrdinary(kind)) continue
    words += text.match(/\S+/g)?.length ?? 0
    for (const finding of inspect(text, 'user')) {
      counts.set(finding.type, (counts.get(finding.type) ?? 0) + 1)
      const digest = digestOf(text, finding)
      verdicts[right.has(digest) ? 'right' : wrong.has(digest) ? 'wrong' : 'unknown']++
    }
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  // What nobody has looked at yet counts as false.
  const isFalse = verdicts.wrong + verdicts.unknown
  return [
    told('ordinary texts: words', words, 'words'),
    told('ordinary texts: all findings', (all * perWords) / words, 'per 10,000 words'),
    atMost('ordinary texts: false findings', (isFalse * perWords) / words, 'per 10,000 words', 1),
    told(
      'ordinary texts: false findings, 95 % to',
      (mostLikely(isFalse) * perWords) / words,
      'per 10,000 words',
    ),
    told('ordinary texts: findings nobody has looked at', verdicts.unknown, 'findings'),
    ...[...counts]
      .toSorted(([, one], [, other]) => other - one)
      .map(([type, count]) =>
        told(`ordinary texts: ${type}`, (count * perWords) / words, 'per 10,000 words'),
      ),
  ]
}

const secretWeights = new URL('../../catalogue/secrets/weights.bin', import.meta.url)
const labelsFile = new URL('./benign-labels.json', import.meta.url)

interface Found {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** Of the kind, the value, thirty characters before it and ten behind; positions in `text`. */
function digestOf(text: string, { type, start, end }: Found): string {
  const parts = [
    type,
    text.slice(Math.max(0, start - 30), start),
    text.slice(start, end),
    text.slice(end, end + 10),
  ]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12)
}

/** Upper end of the 95 % interval of a count that is Poisson distributed. Source: Byar's approximation. */
const mostLikely = (count: number): number =>
  (count + 1) * (1 - 1 / (9 * (count + 1)) + 1.96 / (3 * Math.sqrt(count + 1))) ** 3
