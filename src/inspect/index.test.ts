import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as inspection from './index.ts'

test('what other rooms use is this, and nothing else', () => {
  assert.deepEqual(Object.keys(inspection).toSorted(), [
    'createAnswerWatcher',
    'createInjectionScorer',
    'createInspector',
    'createPseudonyms',
    'createRestorer',
    'createTextRestorer',
    'describeKinds',
    'fitsAnywhere',
    'harmChannels',
    'harmKinds',
    'injectionKinds',
    'isOfModeration',
    'kinds',
    'kindsOfNames',
    'loadNames',
    'loadNamesLater',
    'loadSecretModel',
    'loadTopics',
    'maskOf',
    'mayBeJson',
    'moderationKinds',
    'packNames',
    'packs',
    'publicKinds',
    'readInjectionModel',
    'scoreInjection',
    'scoredChannels',
    'termLimits',
    'termProblem',
    'transformText',
    'typesOfPack',
  ])
})

test('two inspectors share nothing that inspecting changes', () => {
  const one = inspection.createInspector({ terms: [] })
  const other = inspection.createInspector({
    terms: [{ term: 'Blue Heron', label: 'codename', class: 'restricted', isCaseSensitive: false }],
  })
  const text = 'Blue Heron, anna@example.com, 4111 1111 1111 1111'
  const before = one.inspect(text, 'user')
  assert.equal(before.length, 2)
  assert.equal(other.inspect(text, 'user').length, 3)
  assert.deepEqual(one.inspect(text, 'user'), before)
  assert.notEqual(one.version, other.version)
})

test('findings of an earlier text are not changed by a later one', () => {
  const { inspect } = inspection.createInspector({ terms: [] })
  const findings = inspect('anna@example.com', 'user')
  const copy = structuredClone(findings)
  inspect('bob@example.org and 4111 1111 1111 1111', 'user')
  assert.deepEqual(findings, copy)
})
