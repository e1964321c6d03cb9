/** For tests: answers that hold values, cut in every way, of which as much must be counted as in the whole. */
import type { Finding } from '#/core/finding.ts'
import { createAnswerWatcher } from './answer-watcher.ts'
import { createInspector } from './inspector.ts'
import { seeded } from './test-random.ts'

export const inspector = createInspector({
  terms: [{ term: 'Blue Heron', label: 'codename', class: 'confidential', isCaseSensitive: false }],
})

const counted = (findings: readonly Finding[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { type } of findings) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

/** What is counted of a text in pieces. */
export function watched(pieces: readonly string[]): Readonly<Record<string, number>> {
  const watcher = createAnswerWatcher(inspector)
  for (const piece of pieces) watcher.push(piece)
  return Object.fromEntries(watcher.end())
}

const whole = (text: string): Readonly<Record<string, number>> => counted(inspector.inspect(text, 'answer'))

export const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTU\n'.repeat(200)}-----END PRIVATE KEY-----`

const values = [
  'anna@example.com',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  '+44 20 7946 0958',
  'Blue Heron',
  `AKIA${'IOSFODNN7EXAMPLE'}`,
  pem,
]

type Counts = Readonly<Record<string, number>>

/** An answer of 30,000 units by this seed: what is counted of it whole, and in pieces from a few units to thousands. */
export function countCuts(seed: number): { readonly wanted: Counts; readonly found: readonly Counts[] } {
  const random = seeded(seed)
  let text = ''
  while (text.length < 30_000) {
    for (let words = random.below(40); words > 0; words--)
      text += random.pick(['who ', 'does ', 'what.\n', 'it, '])
    if (random.below(3) === 0) text += `see ${random.pick(values)}, then `
  }
  const found = [3, 60, 900, 9_000].map((longest) => watched(random.cut(text, longest)))
  return { wanted: whole(text), found }
}
