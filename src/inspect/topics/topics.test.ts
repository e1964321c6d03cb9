import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { readWords } from '../injection/plain-words.ts'
import { createInspector } from '../inspector.ts'
import { featuresOf, readTopicWeights, writeTopicWeights } from './model.ts'
import { withTopics } from './place.ts'
import { loadTopics } from './topics.ts'

const bytes = await readFile(new URL('../../../catalogue/topics/model.bin', import.meta.url))
const topics = loadTopics(bytes, 'test')
const inspector = createInspector({ terms: [], topics })

const offer =
  'Hi Dana, we are in confidential talks to acquire Northfield. The indicative offer is 60 million, the data room opens in March and due diligence takes six weeks. Only people on the insider list may know about the planned acquisition until signing.'
const lesson =
  'Explain to a class of high school students what a merger is and how it differs from an acquisition. A merger is a transaction in which two companies combine into one; the textbook lists the stages of such a process and gives an example from history.'

const typesIn = (text: string, channel: 'user' | 'system' | 'answer' = 'user'): readonly string[] =>
  inspector.inspect(text, channel).map(({ type }) => type)

test('talks about a purchase are restricted, and the reason repeats nothing of them', () => {
  const [finding] = inspector.inspect(offer, 'user')
  assert.equal(finding?.type, 'topic-mergers')
  assert.equal(finding.family, 'other')
  assert.equal(inspector.classOf(finding), 'restricted')
  assert.match(finding.why, /^reads as a merger or acquisition: /)
  for (const word of ['Northfield', '60', 'Dana', 'March']) assert.ok(!finding.why.includes(word))
})

test('a lesson in the same words is nothing', () => {
  assert.deepEqual(typesIn(lesson), [])
})

test('a text of a few words is not judged', () => {
  assert.deepEqual(typesIn(offer.split(' ').slice(0, 20).join(' ')), [])
})

test('instructions and answers are not judged', () => {
  assert.deepEqual(typesIn(offer, 'system'), [])
  assert.deepEqual(typesIn(offer, 'answer'), [])
})

test('a passage is told where it stands in a long text, around what else is found', () => {
  const before = 'The plan says who does what until when, and where it is written down.\n'.repeat(60)
  const text = `${before}${offer} Ask anna@example.com.\n${before}`
  const found = inspector.inspect(text, 'attachment')
  assert.ok(found.some(({ type }) => type === 'email'))
  const ofTopic = found.filter(({ type }) => type === 'topic-mergers')
  assert.ok(ofTopic.some(({ start, end }) => start < before.length + offer.length && end > before.length))
  for (const { start, end } of ofTopic) {
    assert.ok(start > before.length - 1_300 && end < before.length + offer.length + 1_300)
  }
  for (const [at, finding] of found.entries()) assert.ok((found[at - 1]?.end ?? 0) <= finding.start)
})

test('without weights there are no topics, and other weights are another version', () => {
  const without = createInspector({ terms: [] })
  assert.deepEqual(without.inspect(offer, 'user'), [])
  const other = createInspector({ terms: [], topics: loadTopics(bytes, 'other') })
  assert.equal(new Set([without, inspector, other].map(({ version }) => version)).size, 3)
})

test('an attempt that fills all of the passage leaves half to the topic', () => {
  const attempt = {
    start: 0,
    end: 10,
    type: 'prompt-injection',
    family: 'other',
    score: 1,
    why: 'an order',
  } as const
  const kind = { type: 'topic-legal', family: 'other' } as const
  const passage = { ranges: [{ start: 0, end: 10 }], score: 0.7, kind, why: 'reads as it' }
  assert.deepEqual(
    withTopics('0123456789', [attempt], [passage]).map(({ type, start, end }) => [type, start, end]),
    [
      ['prompt-injection', 0, 5],
      ['topic-legal', 5, 10],
    ],
  )
})

test('words that begin alike share a place, short ones have only their own', () => {
  const placesOf = (text: string): ReadonlySet<number> => {
    const words = readWords(text)
    const places = new Set<number>()
    featuresOf(words, 0, words.hashes.length, (place, isPair) => {
      if (!isPair) places.add(place)
    })
    return places
  }
  const shared = (one: string, other: string): number =>
    [...placesOf(one)].filter((place) => placesOf(other).has(place)).length
  assert.equal(shared('kündigen', 'Kündigungen'), 1)
  assert.equal(shared('offer', 'offers'), 1)
  assert.equal(shared('pay', 'pays'), 0)
  assert.equal(placesOf('pay').size, 1)
})

test('weights are read as they were written, and nothing else is', () => {
  assert.deepEqual(new Uint8Array(writeTopicWeights(readTopicWeights(bytes))), new Uint8Array(bytes))
  assert.throws(() => readTopicWeights(bytes.subarray(0, bytes.length - 1)), /damaged/)
  assert.throws(() => readTopicWeights(new Uint8Array(100)), /damaged/)
  assert.throws(() => readTopicWeights(new Uint8Array(0)), /damaged/)
})
