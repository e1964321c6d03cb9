/** Candidates with the answer: what of the labelled lines and of ordinary texts is a secret. */
import type { Detector } from '#/inspect/detector.ts'
import { candidatesAfter, type SecretCandidate } from '#/inspect/secrets/candidates.ts'
import { keyWords, passwordWords } from '#/inspect/secrets/words.ts'
import { createTriggerScan } from '#/inspect/trigger-scan.ts'
import type { LabelledLine } from './corpora.ts'

export interface Example {
  /** What may not stand on both sides of a split: the repository, the source. */
  readonly group: string
  readonly text: string
  readonly candidate: SecretCandidate
  readonly isSecret: boolean
}

const waiting: Detector = {
  type: 'candidate',
  family: 'secret',
  class: 'restricted',
  label: 'candidate',
  trigger: { literals: [...passwordWords, ...keyWords], isAnyCase: true },
  examine: () => [],
  proof: '',
  finds: [],
  ignores: [],
  source: '',
}

const scan = createTriggerScan([waiting])

/** Every candidate of a text, each once. */
export function candidatesIn(text: string): readonly SecretCandidate[] {
  const found = new Map<number, SecretCandidate>()
  scan(text, (_, start, end) => {
    for (const candidate of candidatesAfter(text, start, end))
      if (!found.has(candidate.start)) found.set(candidate.start, candidate)
  })
  // In order of position: what wakes first depends on the tables of triggers.
  return [...found.values()].toSorted((one, other) => one.start - other.start)
}

/** A candidate on the value of a T row is a secret; one beside it, or on an F or X row, is none. */
export function examplesOf(rows: readonly LabelledLine[]): readonly Example[] {
  const byLine = new Map<string, LabelledLine[]>()
  for (const row of rows) {
    const key = `${row.repo} ${row.file} ${row.line}`
    byLine.set(key, [...(byLine.get(key) ?? []), row])
  }
  const examples: Example[] = []
  for (const here of byLine.values()) {
    const [first] = here
    if (first === undefined) continue
    const credentials = here.filter(({ label, text }) => label === 'T' && text === first.text)
    for (const candidate of candidatesIn(first.text)) {
      const row = credentials.find((one) => isOn(candidate, one))
      const isSecret = row !== undefined
      examples.push({ group: first.repo, text: first.text, candidate, isSecret })
    }
  }
  return examples
}

export function isOn(
  { start, end }: { readonly start: number; readonly end: number },
  row: LabelledLine,
): boolean {
  const valueEnd = row.value_end < 0 ? row.text.length : row.value_end
  return start < valueEnd && end > row.value_start
}

export const negativesOf = (text: string, group: string): readonly Example[] =>
  candidatesIn(text).map((candidate) => ({ group, text, candidate, isSecret: false }))
