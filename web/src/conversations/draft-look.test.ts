import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLook } from './draft-look.ts'
import type { DraftAnswer, DraftQuestion } from './draft-worker.ts'

const verdictOf = (text: string) =>
  ({ text, class: 'public', found: '', actions: undefined, offerings: [] }) as const

function workerForTest() {
  const asked: DraftQuestion[] = []
  let started = 0
  let told: (answer: DraftAnswer) => void = () => undefined
  let fail: () => void = () => undefined
  const look = createLook((answered, failed) => {
    started++
    told = answered
    fail = failed
    return (question) => void asked.push(question)
  })
  const answer = (place: number) => {
    const { id, text } = asked[place] as DraftQuestion
    told({ id, verdict: verdictOf(text) })
  }
  return { look, asked, answer, fail: () => fail(), started: () => started }
}

test('one worker is started, with the first question', async () => {
  const { look, answer, started } = workerForTest()
  assert.equal(started(), 0)
  const first = look('one')
  answer(0)
  assert.deepEqual(await first, verdictOf('one'))
  const second = look('two')
  answer(1)
  assert.deepEqual(await second, verdictOf('two'))
  assert.equal(started(), 1)
})

test('a question that is no longer the last one ends without a verdict, also when its answer still comes', async () => {
  const { look, answer } = workerForTest()
  const first = look('one')
  const second = look('two')
  answer(0)
  answer(1)
  assert.equal(await first, undefined)
  assert.deepEqual(await second, verdictOf('two'))
})

test('a worker that fails ends what was asked, and what is asked later', async () => {
  const { look, fail, asked } = workerForTest()
  const first = look('one')
  fail()
  assert.equal(await first, undefined)
  assert.equal(await look('two'), undefined)
  assert.equal(asked.length, 1)
})
