/**
 * Trains the classifier of `src/inspect/topics` and writes `catalogue/topics/model.bin`. Deterministic; about a minute.
 * The corpora are looked for in SALLYPORT_CORPORA, else in `../shared/corpora`.
 */
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeTopicWeights } from '#/inspect/topics/model.ts'
import { readRows } from './injection/corpus.ts'
import { trainTopics } from './topics/folds.ts'

const root = join(import.meta.dirname, '..', '..')
const corporaFolder = process.env['SALLYPORT_CORPORA'] ?? join(root, '..', 'shared', 'corpora')

await access(join(corporaFolder, 'injection')).then(train, () => {
  process.stdout.write(`no corpora in ${corporaFolder}: nothing was trained\n`)
})

async function train(): Promise<void> {
  const { weights } = trainTopics(await readRows(corporaFolder))
  const bytes = writeTopicWeights(weights)
  await writeFile(join(root, 'catalogue', 'topics', 'model.bin'), bytes)
  process.stdout.write(
    `${bytes.length} bytes, ${weights.places.length} places, found from ${[...weights.flagFrom].map((odds) => odds.toFixed(2)).join(' ')}\n`,
  )
}
