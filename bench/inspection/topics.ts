import { readCatalogue } from '#/core/catalogue.ts'
import { readWords } from '#/inspect/injection/plain-words.ts'
import { topicKinds, topicNames } from '#/inspect/topics/kinds.ts'
import { loadTopics } from '#/inspect/topics/topics.ts'
import { isOrdinary, readRows } from '../../tools/training/injection/corpus.ts'
import { isForTraining, type Judged, trainTopics, typesIn } from '../../tools/training/topics/folds.ts'
import { atMost, type Figure, told } from '../figure.ts'
import { readBusinessTexts } from './business-texts.ts'
import { quickestMs } from './quickest.ts'

/**
 * Business text by topic. Sentences, terms and sources of ordinary texts are judged by weights made without them, with a
 * threshold set without them; about half a minute. The written texts are by the same hands as those trained on: what
 * other companies write is told less often.
 */
export async function topicsFigures(corporaFolder: string): Promise<Figure[]> {
  const rows = await readRows(corporaFolder)
  const judged = trainTopics(rows).judge()
  const shipped = loadTopics(readCatalogue('topics/model.bin'), 'shipped')
  const never = rows.filter((row) => !row.isAttack && !isForTraining(row))
  const found = never.filter(({ text }) => typesIn(shipped, text).length > 0).length
  const ordinary = judged.filter(({ row }) => row !== undefined)
  return [
    ...topicNames.flatMap((topic) => byTopic(judged, topic)),
    ...byLanguage(judged),
    told(
      `topics found, written lessons, news and everyday business (${mistakable(judged).length})`,
      shareOf(mistakable(judged), ({ found: types }) => types.length > 0),
      '',
    ),
    atMost(
      `topics found, ordinary texts of unseen sources (${ordinary.length})`,
      1_000 * shareOf(ordinary, ({ found: types }) => types.length > 0),
      'per 1,000',
      0.5,
    ),
    ...wholeDocuments(),
    told(
      `topics found, sources never trained on (${never.length})`,
      (1_000 * found) / never.length,
      'per 1,000',
    ),
    speed(rows.filter((row) => isOrdinary(row) && row.text.length >= 1_020).map(({ text }) => text)),
  ]
}

const mistakable = (judged: readonly Judged[]): readonly Judged[] =>
  judged.filter(({ row, topic }) => row === undefined && topic === undefined)

const shareOf = (all: readonly Judged[], is: (each: Judged) => boolean): number =>
  all.filter(is).length / all.length

/** How many texts of a topic are found as it, as any, and how many of those found as it are of it. */
function byTopic(judged: readonly Judged[], topic: (typeof topicNames)[number]): readonly Figure[] {
  const { type } = topicKinds[topic]
  const own = judged.filter((each) => each.topic === topic)
  const foundAsIt = judged.filter(({ found }) => found.includes(type))
  return [
    told(
      `topic ${topic}, recall (${own.length})`,
      shareOf(own, ({ found }) => found.includes(type)),
      '',
    ),
    told(
      `topic ${topic}, found as any topic`,
      shareOf(own, ({ found }) => found.length > 0),
      '',
    ),
    told(
      `topic ${topic}, precision`,
      shareOf(foundAsIt, (each) => each.topic === topic),
      '',
    ),
  ]
}

/** Texts of topics found as what they are, whatever the topic. */
const byLanguage = (judged: readonly Judged[]): readonly Figure[] =>
  [...Map.groupBy(judged, ({ language }) => language)].flatMap(([language, all]) => {
    const own = all.flatMap(({ topic, found }) => (topic === undefined ? [] : [{ topic, found }]))
    if (language === undefined) return []
    const found = own.filter((each) => each.found.includes(topicKinds[each.topic].type)).length
    return [told(`topics in ${language}, recall (${own.length})`, found / own.length, '')]
  })

/** Documents nothing is trained or tuned on, judged by the weights that come with Sallyport. */
function wholeDocuments(): readonly Figure[] {
  const finder = loadTopics(readCatalogue('topics/model.bin'), 'shipped')
  const all = readBusinessTexts().map(({ topic, text }) => ({ topic, found: typesIn(finder, text) }))
  const ordinary = all.filter(({ topic }) => topic === undefined)
  return [
    ...topicNames.map((topic) => {
      const own = all.filter((each) => each.topic === topic)
      const found = own.filter((each) => each.found.includes(topicKinds[topic].type)).length
      return told(`topic ${topic}, whole documents never trained on (${own.length})`, found / own.length, '')
    }),
    told(
      `topics found, whole ordinary documents never trained on (${ordinary.length})`,
      ordinary.filter(({ found }) => found.length > 0).length / ordinary.length,
      '',
    ),
  ]
}

/** Beyond the words, which are read once for attempts and topics. */
function speed(texts: readonly string[]): Figure {
  const finder = loadTopics(readCatalogue('topics/model.bin'), 'shipped')
  const words = texts.slice(0, 2_000).map((text) => readWords(text.slice(0, 1_020)))
  const spanOf = (start: number, end: number) => ({ start, end })
  const ms = quickestMs(() => {
    for (const each of words) finder.find({ words: each, spanOf })
  })
  return atMost('topics on 1 KB of prose, words given', (1_000 * ms) / words.length, 'µs', 10)
}
