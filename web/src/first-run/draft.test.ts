import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProviderChoice } from '#/register/first-run/api.ts'
import { answersOf, chosen, type Draft, emptyDraft } from './draft.ts'
import { forget, keep, readKept } from './kept.ts'
import { seesFirstRun } from './place.ts'

const choice: ProviderChoice = {
  ...{ id: 'bedrock-none-private', title: 'Bedrock', platform: 'Amazon Bedrock', tier: 'cloud' },
  ...{ setting: null, home: 'aws', ceiling: 'restricted', reasons: [] },
  connecting: { kind: 'compatible', url: 'https://models.example.com/v1', variable: 'KEY', note: null },
}
const provider = { ...chosen(choice), model: 'large' }
const draft: Draft = {
  ...emptyDraft('ada@example.com'),
  home: 'aws',
  examples: { internal: '', confidential: ' Tarnwick \n\n', restricted: 'Project Kestrel' },
  providers: [provider, { ...provider, connection: 'other', region: 'eu', keptDays: '0' }],
}

const store = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

test('nothing is asked of the gate until the first question is answered', () => {
  assert.equal(answersOf(emptyDraft('ada@example.com')), undefined)
})

test('what was left empty is not said, and terms come one a line', () => {
  const answers = answersOf(draft)
  assert.deepEqual(answers?.classes.examples, [
    { term: 'Tarnwick', class: 'confidential' },
    { term: 'Project Kestrel', class: 'restricted' },
  ])
  assert.deepEqual(answers?.providers, [
    { offering: 'bedrock-none-private', connection: 'bedrock-none', model: 'large' },
    {
      ...{ offering: 'bedrock-none-private', connection: 'other', model: 'large' },
      region: 'eu',
      keptDays: 0,
    },
  ])
  assert.equal(answers?.exit, undefined)
})

test('with three classes there is no term for the fourth', () => {
  const terms = answersOf({ ...draft, scheme: 'three' })?.classes.examples
  assert.deepEqual(terms, [{ term: 'Tarnwick', class: 'confidential' }])
})

test('an exit is one once it was tested, and goes with the provider it names', () => {
  const exit = { connection: 'other', testedOn: '2026-11-20' }
  assert.deepEqual(answersOf({ ...draft, exit })?.exit, { provider: 1, testedOn: '2026-11-20' })
  assert.equal(answersOf({ ...draft, exit: { ...exit, testedOn: '' } })?.exit, undefined)
  assert.equal(answersOf({ ...draft, exit, providers: [provider] })?.exit, undefined)
})

test('answers are there after a reload, for the same person only, and gone once they are taken back', () => {
  const kept = store()
  keep('person_1', draft, kept)
  assert.deepEqual(readKept('person_1', 'x@example.com', kept), draft)
  assert.deepEqual(readKept('person_2', 'x@example.com', kept), emptyDraft('x@example.com'))
  forget('person_1', kept)
  assert.deepEqual(readKept('person_1', 'x@example.com', kept), emptyDraft('x@example.com'))
})

test('what cannot be read is begun anew', () => {
  const kept = store()
  for (const text of ['{', 'null', '7', '{"step":0}', JSON.stringify({ ...draft, providers: {} })]) {
    kept.setItem('sallyport-first-run-person_1', text)
    assert.deepEqual(readKept('person_1', 'ada@example.com', kept), emptyDraft('ada@example.com'), text)
  }
})

test('the owner has a first run', () => {
  assert.equal(seesFirstRun(['employee', 'security']), false)
  assert.equal(seesFirstRun(['employee', 'owner']), true)
})
