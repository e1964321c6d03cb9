import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rule, useCase } from '#/policy/test-values.ts'
import type { Outcome } from './api.ts'
import { blindSpotsOf } from './blind-spots.ts'
import { causesOf, differencesOf } from './differences.ts'
import { maskMail, snapshotOf } from './test-draft.ts'

const goes = (rules: readonly string[], offering = 'commercial'): Outcome => ({
  ...{ goes: true, offering, leavesAs: 'public', actions: [], rules },
})

test('rules are told apart by what they do, and a rule that is as it was causes nothing', () => {
  const kept = rule('kept', 'mask', { types: ['iban'] })
  const differences = differencesOf(
    snapshotOf([maskMail, kept, rule('gone', 'block', { types: ['phone'] })]),
    snapshotOf([{ ...maskMail, action: 'block' }, kept, rule('new', 'note', { types: ['imei'] })]),
  )
  assert.deepEqual([...differences.rules].sort(), ['gone', 'mail', 'new'])
  assert.deepEqual([...differences.actingRules], ['mail'], 'a rule that notes is never met')
  const refused: Outcome = { goes: false, code: 'finding-blocked', rules: ['mail'] }
  assert.deepEqual(causesOf(differences, goes(['mail', 'kept']), refused, 'general-assistant'), ['rule mail'])
})

test('a use case and an offering cause what no rule does; whose word it is causes nothing', () => {
  const serving = snapshotOf()
  const own = serving.offerings.get('own')
  assert.ok(own !== undefined)
  const differences = differencesOf(
    serving,
    snapshotOf([maskMail], {
      useCases: new Map([['general-assistant', useCase('general-assistant', { highestClass: 'internal' })]]),
      offerings: new Map([
        ...serving.offerings,
        ['own', { ...own, ceiling: 'internal', approvedBy: ['sam'] }],
      ]),
    }),
  )
  assert.deepEqual(causesOf(differences, goes(['mail'], 'own'), goes(['mail']), 'general-assistant'), [
    'use-case general-assistant',
    'offering own',
  ])
  assert.deepEqual(causesOf(differences, goes([]), goes([]), 'finance'), ['otherwise'])
  const words = differencesOf(serving, snapshotOf([maskMail], { version: 'another' }))
  assert.deepEqual([words.rules.size, words.useCases.size, words.offerings.size], [0, 0, 0])
})

test('what heads do not say is said because of the draft', () => {
  const serving = snapshotOf()
  const usual = blindSpotsOf(differencesOf(serving, serving)).length
  const term = { term: 'Kestrel', label: 'codename', class: 'confidential', isCaseSensitive: false } as const
  const watch = {
    id: 'watch',
    title: 'Watch',
    owner: 'owner@example.com',
    action: 'alert',
    when: { what: 'unsafe-probe' },
  } as const
  for (const change of [
    { terms: [term] },
    { clearings: new Map([['iban\nde', [{ id: 'ours', useCases: [] }]]]) },
    { triggers: [{ ...watch, policy: 'rules' }] },
    { rules: [maskMail, rule('shown', 'mask', { types: ['iban'], direction: 'answer' })] },
  ]) {
    assert.equal(blindSpotsOf(differencesOf(serving, { ...serving, ...change })).length, usual + 1)
  }
})

test('a draft that brings an id or an alias brings a name', () => {
  const serving = snapshotOf()
  const renamed = new Map(
    [...serving.offerings].map(([id, each]) => [id, { ...each, aliases: [...each.aliases, `${id}-2`] }]),
  )
  assert.equal(differencesOf(serving, { ...serving, offerings: renamed }).newNames, true)
  assert.equal(differencesOf({ ...serving, offerings: renamed }, serving).newNames, false)
})
