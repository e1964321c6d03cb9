/** What the two taggers are trained on, and how much of it; measured over, so that a figure can be had again. */
import { markCandidates } from '#/inspect/names/candidates.ts'
import { markEverything } from '#/inspect/names/clinical.ts'
import { createWordList } from '#/inspect/names/word-list.ts'
import { withOtherNames, withoutCapitals } from './change-texts.ts'
import {
  type Labelled,
  readClinical,
  readContracts,
  readEwt,
  readGermEval,
  readTweets,
  readWikiGold,
  readWikiSentences,
  readWnut,
} from './corpora.ts'
import { type CountedWords, countWords } from './count-words.ts'
import { readNameLists } from './name-lists.ts'
import { makeTexts } from './texts.ts'
import {
  countRows,
  type Examples,
  type Numbered,
  numberRows,
  type Part,
  type Rows,
  readExamples,
} from './train-tagger.ts'

export const generalTypes = ['PER', 'LOC', 'ORG', 'ADR'] as const

/** Times each text is read in a round, less than one by chance: edited texts most, tweets and made ones least. */
const times = {
  ewt: 5,
  germEval: 6,
  wnut: 0.5,
  tweets: 0.5,
  wikiGold: 1,
  contracts: 0.5,
  made: 0.4,
  wikipedia: 0.5,
  withoutCapitals: 0.4,
  otherNames: 0.5,
} as const

/** Languages of which whole sentences of Wikipedia can be told; every fifth is left out, to be measured on. */
export const sentenceLanguages = ['en', 'fr', 'nl', 'pt'] as const
const isLeftOut = (sentence: number): boolean => sentence % 5 === 0

const wikipedia = (folder: string): readonly Labelled[] =>
  sentenceLanguages.flatMap((language) =>
    readWikiSentences(folder, language).filter((_, index) => !isLeftOut(index)),
  )

export const readWikipediaDev = (
  folder: string,
  language: (typeof sentenceLanguages)[number],
): readonly Labelled[] => readWikiSentences(folder, language).filter((_, index) => isLeftOut(index))

const madeTexts = 24_000

export interface GeneralData {
  readonly words: CountedWords
  readonly rows: Rows
  readonly ewt: Numbered
  readonly germEval: Numbered
  readonly others: readonly Part[]
  readonly partsWith: (ewt: Uses, germEval: Uses) => readonly Part[]
}

type Uses = (run: number) => boolean

export const everything: Uses = () => true

/** Reads and numbers all of it: some seconds, some hundred MB. */
export function readGeneral(folder: string): GeneralData {
  const lists = readNameLists()
  const noisy = { wnut: readWnut(folder), tweets: readTweets(folder) }
  const plain = { wikiGold: readWikiGold(folder), contracts: readContracts(folder) }
  const words = countWords(folder, [noisy.wnut, noisy.tweets, plain.wikiGold, plain.contracts].flat(), lists)
  const list = createWordList(words.hashes, words.bits)
  const examplesOf = (texts: readonly Labelled[]): Examples =>
    readExamples(texts, generalTypes, list, markCandidates)
  const sentences = wikipedia(folder)
  const small = sentences.filter((_, index) => index % 3 === 0)
  const ewt = examplesOf(readEwt(folder))
  const germEval = examplesOf(readGermEval(folder))
  const rest = [
    [examplesOf(noisy.wnut), times.wnut],
    [examplesOf(noisy.tweets), times.tweets],
    [examplesOf(plain.wikiGold), times.wikiGold],
    [examplesOf(plain.contracts), times.contracts],
    [examplesOf(makeTexts(lists, madeTexts, 7)), times.made],
    [examplesOf(sentences), times.wikipedia],
    [examplesOf(withoutCapitals([...noisy.wnut, ...plain.wikiGold, ...small])), times.withoutCapitals],
    [
      examplesOf(withOtherNames(lists, [...noisy.wnut, ...plain.wikiGold, ...sentences], 99)),
      times.otherNames,
    ],
  ] as const
  const rows = countRows([ewt, germEval, ...rest.map(([examples]) => examples)], 2)
  const numbered = { ewt: numberRows(ewt, rows), germEval: numberRows(germEval, rows) }
  const others = rest.map(([examples, often]) => ({ examples: numberRows(examples, rows), times: often }))
  return {
    words,
    rows,
    ...numbered,
    others,
    partsWith: (ewtUses, germEvalUses) => [
      { examples: numbered.ewt, times: times.ewt, uses: ewtUses },
      { examples: numbered.germEval, times: times.germEval, uses: germEvalUses },
      ...others,
    ],
  }
}

export const generalTraining = {
  types: generalTypes,
  rounds: 6,
  seeds: [1, 2],
  margin: 2,
  leftOut: 0.15,
} as const

/** Marks of the clinical notes by what they say of a person. */
const clinicalTypeOf: Readonly<Record<string, string>> = {
  NOMBRE_SUJETO_ASISTENCIA: 'PER',
  NOMBRE_PERSONAL_SANITARIO: 'PER',
  TERRITORIO: 'LOC',
  PAIS: 'LOC',
  HOSPITAL: 'ORG',
  INSTITUCION: 'ORG',
  CENTRO_SALUD: 'ORG',
  CALLE: 'ADR',
  FECHAS: 'DATE',
  EDAD_SUJETO_ASISTENCIA: 'AGE',
  SEXO_SUJETO_ASISTENCIA: 'SEX',
  FAMILIARES_SUJETO_ASISTENCIA: 'KIN',
  PROFESION: 'LIFE',
  OTROS_SUJETO_ASISTENCIA: 'LIFE',
  NUMERO_TELEFONO: 'TEL',
  NUMERO_FAX: 'TEL',
  CORREO_ELECTRONICO: 'MAIL',
  ID_TITULACION_PERSONAL_SANITARIO: 'ID',
  ID_ASEGURAMIENTO: 'ID',
  ID_SUJETO_ASISTENCIA: 'ID',
  ID_CONTACTO_ASISTENCIAL: 'ID',
  ID_EMPLEO_PERSONAL_SANITARIO: 'ID',
}

export const clinicalTypes = [...new Set(Object.values(clinicalTypeOf))]

const simplified = (texts: readonly Labelled[]): readonly Labelled[] =>
  texts.map(({ text, spans }) => ({
    text,
    spans: spans.map((span) => ({ ...span, type: clinicalTypeOf[span.type] ?? span.type })),
  }))

export const readClinicalDev = (folder: string): readonly Labelled[] =>
  simplified(readClinical(folder, 'dev'))

/** The words are those of the general tagger, cut to what the notes hold. */
export function readClinicalTraining(folder: string, general: CountedWords) {
  const texts = simplified(readClinical(folder, 'train'))
  const list = createWordList(general.hashes, general.bits)
  const examples = readExamples(texts, clinicalTypes, list, markEverything)
  const rows = countRows([examples], 2)
  return { rows, parts: [{ examples: numberRows(examples, rows), times: 1 }] as readonly Part[] }
}

export const clinicalTraining = {
  types: clinicalTypes,
  rounds: 5,
  seeds: [1],
  margin: 2,
  leftOut: 0,
} as const
