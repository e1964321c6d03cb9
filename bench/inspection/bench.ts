import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from '../figure.ts'
import type { BenchOptions } from '../run.ts'

/** One part of the figures: what it says it does, and how. */
interface Part {
  readonly says: string
  readonly figures: (corporaFolder: string) => Promise<readonly Figure[]>
}

const parts: readonly Part[] = [
  {
    says: 'speed: rules, trigger pass, first sight and second, the page',
    figures: async (folder) => (await import('./speed.ts')).speedFigures(folder),
  },
]

/** Where the corpora lie: beside the project, unless said otherwise. None of them is part of it. */
const corporaFolder = (): string =>
  process.env['SALLYPORT_CORPORA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora')

/** What inspection finds, what it takes for something it is not, and how fast. Without the corpora there is nothing to measure. */
export async function* benchInspection({ say }: Pick<BenchOptions, 'say'>): AsyncGenerator<Figure> {
  const folder = corporaFolder()
  if (!existsSync(folder)) {
    process.stderr.write(
      `no corpora at ${folder}: nothing is measured. SALLYPORT_CORPORA names another place.\n`,
    )
    return
  }
  for (const { says, figures } of parts) {
    say(says)
    yield* await figures(folder)
  }
}
