import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { openNames } from '#/gateway/name-weights.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { createInspector } from '#/inspect/index.ts'
import {
  generalTraining,
  generalTypes,
  readClinicalDev,
  readGeneral,
  readWikipediaDev,
  sentenceLanguages,
} from '../../tools/training/names/data.ts'
import { f1Of, measureTagger, type Score } from '../../tools/training/names/measure-tagger.ts'
import { type Numbered, trainTagger } from '../../tools/training/names/train-tagger.ts'
import { atLeast, atMost, type Figure, median, told } from '../figure.ts'
import { msOf } from './quickest.ts'
import { countExact, counts, fOf } from './spans.ts'

const folds = 5

/**
 * How well names are found. EWT and GermEval by five-fold cross-validation: the tagger is trained again without the part
 * that is measured. MEDDOCAN dev was never trained on. Two minutes.
 */
export async function namesFigures(corporaFolder: string): Promise<Figure[]> {
  return [
    ...crossValidated(corporaFolder),
    ...wikipedia(corporaFolder),
    ...clinical(corporaFolder),
    ...(await speed(corporaFolder)),
  ]
}

function crossValidated(folder: string): Figure[] {
  const data = readGeneral(folder)
  const english = scoresFor(data.ewt)
  const german = scoresFor(data.germEval)
  for (let fold = 0; fold < folds; fold++) {
    const isHeldOut = (examples: Numbered) => foldOf(examples.runs.length)
    const [ofEnglish, ofGerman] = [isHeldOut(data.ewt), isHeldOut(data.germEval)]
    const parts = data.partsWith(
      (run) => ofEnglish(run) !== fold,
      (run) => ofGerman(run) !== fold,
    )
    const trained = trainTagger(parts, { ...generalTraining, rowCount: data.rows.count })
    measureTagger(trained, data.ewt, (run) => ofEnglish(run) === fold, english)
    measureTagger(trained, data.germEval, (run) => ofGerman(run) === fold, german)
  }
  const f1 = (scores: readonly Score[], type: (typeof generalTypes)[number]): number =>
    100 * f1Of(scores[generalTypes.indexOf(type)] as Score)
  return [
    atLeast(
      'names: EWT dev PERSON F1, cross-validated',
      f1(english, 'PER'),
      '% (compromise: 54.8, on the test)',
      78,
    ),
    told('names: EWT dev LOC F1, cross-validated', f1(english, 'LOC'), '% (compromise: 62.4, on the test)'),
    told('names: EWT dev ORG F1, cross-validated', f1(english, 'ORG'), '% (compromise: 32.2, on the test)'),
    atLeast('names: GermEval dev PERSON F1, cross-validated', f1(german, 'PER'), '%', 70),
    told('names: GermEval dev LOC F1, cross-validated', f1(german, 'LOC'), '%'),
    told('names: GermEval dev ORG F1, cross-validated', f1(german, 'ORG'), '%'),
  ]
}

/** What nobody looks at is missed. */
const scoresFor = ({ missed }: Numbered): Score[] =>
  generalTypes.map((type) => ({ found: 0, wrong: 0, missed: missed[type] ?? 0 }))

/** Eight blocks of each fold, in turn: neighbours come from one document and stay together. */
const foldOf =
  (runs: number) =>
  (run: number): number =>
    Math.floor((run * folds * 8) / runs) % folds

/** Sentences nobody was trained on; their marks are made from links, so that the figure tells versions apart and no more. */
function wikipedia(folder: string): Figure[] {
  const names = openNames()
  return sentenceLanguages.map((language) => {
    const score = counts()
    for (const { text, spans } of readWikipediaDev(folder, language)) {
      const found = names.find(text).filter(({ kind }) => kind.type === 'person-name')
      countExact(
        found,
        spans.filter(({ type }) => type === 'PER'),
        score,
      )
    }
    return told(`names: Wikipedia ${language} PERSON F1, silver`, fOf(score), 'of 1')
  })
}

function clinical(folder: string): Figure[] {
  const names = openNames()
  const score = counts()
  for (const { text, spans } of readClinicalDev(folder)) {
    // Addresses of mail are found by their own detector.
    const mail = createInspector({ terms: [] })
      .inspect(text, 'user')
      .filter(({ type }) => type === 'email')
    countExact([...names.find(text), ...mail], spans, score)
  }
  return [atLeast('names: MEDDOCAN dev, exact spans, F1', fOf(score), 'of 1', 0.85)]
}

/** After the first one. */
const passes = 4

async function speed(folder: string): Promise<Figure[]> {
  const prose = gunzipSync(readFileSync(join(folder, 'ner', 'ewt-en-dev.iob2.gz')))
    .toString('utf8')
    .match(/^# text = .*$/gm)
    ?.map((line) => line.slice(9))
    .join(' ')
  const text = prose ?? ''
  const names = openNames()
  names.find(text)
  const rounds = 20
  const startedAt = performance.now()
  for (let round = 0; round < rounds; round++) names.find(text)
  const seconds = (performance.now() - startedAt) / 1_000
  const inspector = createInspector({ terms: [], further: furtherDetectors, names })
  const prompts = Array.from({ length: Math.floor(text.length / 8_192) }, (_, at) =>
    text.slice(at * 8_192, (at + 1) * 8_192),
  )
  const pass = (): readonly number[] => prompts.map((prompt) => msOf(() => inspector.inspect(prompt, 'user')))
  // The first text of a process compiles what looks at it: that is paid once, and told apart.
  const [first = Number.NaN, ...others] = pass()
  // Nothing is kept of a text, so each is new whenever all others came between; the quickest look counts.
  const again = Array.from({ length: passes }, pass)
  const times = others.map((time, at) => Math.min(time, ...again.map((pass) => pass[at + 1] as number)))
  return [
    atLeast('names: speed on web prose', (Buffer.byteLength(text) * rounds) / 1e6 / seconds, 'MB/s', 2),
    told('names and rules: 8 kB, the first text of all', first, 'ms'),
    told('names and rules: 8 kB seen for the first time, median', median(times), 'ms'),
    atMost('names and rules: 8 kB seen for the first time, slowest', Math.max(...times), 'ms', 6),
  ]
}
