import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from '../figure.ts'
import type { BenchOptions } from '../run.ts'

/** One part of the figures. Each is a section of `docs/accuracy.md`. */
export interface Part {
  readonly title: string
  /** What is measured, on which texts, and how it is counted. */
  readonly how: string
  /** What others published, with its source: to be read beside ours, where the counting is the same. */
  readonly others: readonly string[]
  readonly figures: (corporaFolder: string) => Promise<readonly Figure[]>
}

export const parts: readonly Part[] = [
  {
    title: 'Speed',
    how: 'One core. Texts are benign rows of the injection set, joined to prompts of 8 kB; the best of five rounds, or a median. Megabytes are millions of characters.',
    others: [
      'Presidio 2 to 12 kB/s, llm-guard 2 to 8 kB/s (published by their projects); 221 rules of gitleaks in JavaScript 6 MB/s (measured).',
    ],
    figures: async (folder) => (await import('./speed.ts')).speedFigures(folder),
  },
]

/** Where the corpora lie: beside the project, unless said otherwise. None of them is part of it. */
const corporaFolder = (): string =>
  process.env['SALLYPORT_CORPORA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora')

/** The folder of the corpora; undefined, and a clear line, when it is not there. */
export function findCorpora(): string | undefined {
  const folder = corporaFolder()
  if (existsSync(folder)) return folder
  process.stderr.write(
    `no corpora at ${folder}: nothing is measured. SALLYPORT_CORPORA names another place.\n`,
  )
  return undefined
}

/** What inspection finds, what it takes for something it is not, and how fast. */
export async function* benchInspection({ say }: Pick<BenchOptions, 'say'>): AsyncGenerator<Figure> {
  const folder = findCorpora()
  if (folder === undefined) return
  for (const { title, figures } of parts) {
    say(title)
    yield* await figures(folder)
  }
}
