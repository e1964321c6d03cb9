/**
 * Trains the model of `src/inspect/injection` and writes `catalogue/injection/model.bin`. Deterministic; about half a
 * minute. The corpora are looked for in SALLYPORT_CORPORA, else in `../shared/corpora`.
 */
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tableSize, writeInjectionModel } from '#/inspect/injection/model.ts'
import { readRows } from './injection/corpus.ts'
import { judgeWithout } from './injection/folds.ts'
import { prepare } from './injection/train.ts'

const root = join(import.meta.dirname, '..', '..')
const corporaFolder = process.env['SALLYPORT_CORPORA'] ?? join(root, '..', 'shared', 'corpora')

/** Shares of ordinary texts that may be flagged. */
const share = { foreign: 0.01, own: 0.002 }

await access(join(corporaFolder, 'injection')).then(train, () => {
  process.stdout.write(`no corpora in ${corporaFolder}: nothing was trained\n`)
})

async function train(): Promise<void> {
  const data = prepare(await readRows(corporaFolder))
  const { fitted, flagFrom } = judgeWithout(data, () => false)
  const largest = fitted.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const scale = largest / 127
  const weights = new Int8Array(tableSize)
  for (const [place, weight] of fitted.weights.entries()) weights[place] = Math.round(weight / scale)
  const bytes = writeInjectionModel({
    weights,
    scale,
    bias: fitted.bias,
    flagFrom: { foreign: flagFrom(share.foreign), own: flagFrom(share.own) },
  })
  await writeFile(join(root, 'catalogue', 'injection', 'model.bin'), bytes)
  const kept = weights.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0)
  process.stdout.write(
    `${bytes.length} bytes, ${kept} weights up to ${largest.toFixed(2)}, bias ${fitted.bias.toFixed(3)}, ` +
      `flags from ${flagFrom(share.foreign).toFixed(3)} and ${flagFrom(share.own).toFixed(3)}\n`,
  )
}
