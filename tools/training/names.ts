/**
 * Trains the two taggers for names and writes `catalogue/names/`: the same weights every time.
 *   node tools/training/names.ts [FOLDER OF THE CORPORA]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadNames } from '#/inspect/names/names.ts'
import { writeStored } from '#/inspect/names/weights.ts'
import { corporaFolder } from './names/corpora.ts'
import {
  clinicalTraining,
  everything,
  generalTraining,
  readClinicalTraining,
  readGeneral,
} from './names/data.ts'
import { storeTagger } from './names/store-tagger.ts'
import { trainTagger } from './names/train-tagger.ts'

const root = join(import.meta.dirname, '..', '..')
const target = join(root, 'catalogue', 'names')

/** What fits into 2.5 MB together with the word list. */
const generalRows = 135_000
const clinicalRows = 40_000

const folder = process.argv[2] ?? corporaFolder(root)
if (folder === undefined) {
  process.stdout.write('the corpora are not there; name their folder in SALLYPORT_CORPORA\n')
  process.exit(0)
}
const startedAt = performance.now()
const say = (line: string): void => {
  process.stdout.write(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`)
}

mkdirSync(target, { recursive: true })
const data = readGeneral(folder)
say(`${data.words.hashes.length} words, ${data.rows.count} features`)
const general = trainTagger(data.partsWith(everything, everything), {
  ...generalTraining,
  rowCount: data.rows.count,
  say,
})
const generalBytes = writeStored(
  storeTagger(general, data.rows, generalTraining.types, data.words, generalRows),
)
writeFileSync(join(target, 'general.bin'), generalBytes)
say(`general.bin: ${generalBytes.length} bytes`)

const notes = readClinicalTraining(folder, data.words)
const clinical = trainTagger(notes.parts, { ...clinicalTraining, rowCount: notes.rows.count, say })
const noWords = { hashes: [], bits: [] }
const clinicalBytes = writeStored(
  storeTagger(clinical, notes.rows, clinicalTraining.types, noWords, clinicalRows),
)
writeFileSync(join(target, 'clinical.bin'), clinicalBytes)
say(`clinical.bin: ${clinicalBytes.length} bytes`)

const { version } = loadNames({ general: generalBytes, clinical: clinicalBytes })
writeFileSync(join(target, 'version.json'), `${JSON.stringify({ version }, undefined, 2)}\n`)
say(`version ${version}`)
