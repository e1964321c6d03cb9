import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { UsableOffering } from '#/policy/api.ts'
import type { Line } from '../services.ts'
import { kindOfCategory } from './categories.ts'
import { ModerationMemory } from './memory.ts'
import { openModeration } from './open.ts'
import { readModerationAnswer } from './read-answer.ts'

const answer = (...results: readonly object[]) => Buffer.from(JSON.stringify({ model: 'guard-7', results }))
const said = {
  categories: { violence: true, hate: false, pii: true },
  category_scores: { violence: 0.6, hate: 0.8, pii: 1 },
}

test('without a threshold the word of the model counts, with one its scores', () => {
  assert.deepEqual(readModerationAnswer(answer(said), 1, undefined), {
    version: 'guard-7',
    flags: [[{ type: 'harm-violence', score: 0.6 }]],
    usage: undefined,
  })
  const flags = (threshold: number) => readModerationAnswer(answer(said), 1, threshold)?.flags
  assert.deepEqual(flags(0.5), [[{ type: 'harm-violence', score: 0.8 }]])
  assert.deepEqual(flags(0.9), [[]])
})

test('an answer that does not speak of each text, has no score where one is needed or is none, cannot be read', () => {
  const bare = { categories: { violence: true } }
  assert.deepEqual(readModerationAnswer(answer(bare), 1, undefined)?.flags, [
    [{ type: 'harm-violence', score: 1 }],
  ])
  assert.equal(readModerationAnswer(answer(bare), 1, 0.5), undefined)
  assert.equal(readModerationAnswer(answer(bare), 2, undefined), undefined)
  for (const text of [
    '',
    '[]',
    '{"results":[{"categories":{"violence":"yes"}}]}',
    '{"results":[{"flagged":true}]}',
    '{"results":[{"flagged":true,"categories":{}}]}',
  ])
    assert.equal(readModerationAnswer(Buffer.from(text), 1, undefined), undefined, text)
  const odd = Buffer.from(JSON.stringify({ model: 'a <b>', results: [said] }))
  assert.equal(readModerationAnswer(odd, 1, undefined)?.version, undefined)
})

test('a category is a kind rules can name, a new one too; subjects are no harm', () => {
  assert.equal(kindOfCategory('sexual/minors')?.type, 'harm-children')
  assert.equal(kindOfCategory('constructor')?.type, 'harm-other')
  assert.equal(kindOfCategory('pii'), undefined)
})

test('verdicts are kept by model and text, and the oldest are forgotten', () => {
  const memory = new ModerationMemory()
  const guard = { id: 'guard', recordVersion: 1, model: 'm' }
  assert.notEqual(memory.keyOf(guard, 'a'), memory.keyOf({ ...guard, recordVersion: 2 }, 'a'))
  for (let index = 0; index <= 20_000; index++) memory.keep(String(index), [])
  assert.equal(memory.find('0'), undefined)
  assert.deepEqual(memory.find('20000'), [])
})

test('a model that can never be asked ends the start, one that does not serve yet is told of', () => {
  const settings = {
    offering: 'guard',
    away: 'refuse',
    above: 'refuse',
    limitMs: 100,
    threshold: undefined,
  } as const
  const lines: LogLine[] = []
  const open = (kind: string, ids: readonly string[] = ['guard']) =>
    openModeration(
      settings,
      { offerings: new Map(ids.map((id) => [id, { id, connection: 'west' } as UsableOffering])) },
      new Map([['west', { connection: { kind } } as Line]]),
      (line) => lines.push(line),
    )
  assert.throws(
    () => open('anthropic'),
    /inspection.moderation.offering names guard, .* of the kind compatible$/,
  )
  assert.equal(open('compatible')?.settings, settings)
  assert.equal(lines.length, 0)
  assert.ok(open('compatible', []) !== undefined)
  assert.match(
    lines[0]?.what ?? '',
    /guard, which does not serve: until it is approved, every exchange is refused/,
  )
  assert.equal(
    openModeration(undefined, { offerings: new Map() }, new Map(), () => undefined),
    undefined,
  )
})

test('a refusal says whether the model saw it, and what works now', () => {
  const facts = {
    offering: 'guard',
    why: 'may see no more than internal; this is restricted',
    owner: 'a@example.com',
  }
  const above = new Refusal('moderation-above', facts)
  assert.match(
    above.message,
    /must see this first, and it may see no more than internal.* Nothing was sent\.$/,
  )
  assert.deepEqual(
    above.remedies.map(({ id }) => id),
    ['lower-content', 'ask-owner'],
  )
  const blocked = new Refusal('finding-blocked', { types: ['harassment'], shownTo: 'guard' })
  assert.match(blocked.message, /It was not sent on\. Only guard, the moderation model, was shown it\.$/)
})
