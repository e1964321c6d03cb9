/**
 * Trains the classifier of secrets and writes `catalogue/secrets/weights.bin`: `node tools/training/secrets.ts`. The
 * corpora stand in `SALLYPORT_CORPORA`. Deterministic: the same corpora give the same bytes.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readLabelledLines, readOrdinaryTexts } from './secrets/corpora.ts'
import { examplesOf } from './secrets/examples.ts'
import { ordinarySide, trainSecretModel } from './secrets/train.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const corpora = process.env['SALLYPORT_CORPORA'] ?? join(root, '..', 'shared', 'corpora')
const target = join(root, 'catalogue', 'secrets', 'weights.bin')

const { letters, negatives } = ordinarySide(await readOrdinaryTexts(corpora))
const examples = examplesOf(await readLabelledLines(corpora))
await mkdir(dirname(target), { recursive: true })
await writeFile(target, trainSecretModel([...examples, ...negatives], letters))
const secrets = examples.filter(({ isSecret }) => isSecret).length
console.log(
  `${examples.length} candidates, ${secrets} of them secrets, ${negatives.length} from ordinary texts: ${target}`,
)
