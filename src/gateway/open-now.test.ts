import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuleSlice } from '#/policy/api.ts'
import { offering, useCase } from '#/policy/test-values.ts'
import type { Switch, SwitchScope } from '#/snapshot/switches/api.ts'
import { openNow } from './open-now.ts'

const slice: RuleSlice = {
  rules: [],
  offerings: new Map(['west', 'own'].map((id) => [id, offering(id, 'restricted')])),
  useCases: new Map([
    ['general-assistant', useCase('general-assistant', { offerings: ['own'] })],
    ['drafts', useCase('drafts', { offerings: ['west', 'own'] })],
  ]),
}
const person = { id: 'p1', roles: ['employee' as const], groups: [] }

function open(...stopped: readonly (readonly [SwitchScope, string])[]) {
  const isStopped = (scope: SwitchScope, target: string): Switch | undefined =>
    stopped.some(([one, other]) => one === scope && other === target)
      ? ({ scope, target } as Switch)
      : undefined
  const { useCases, offerings } = openNow(person, slice, Date.UTC(2026, 10, 23), {
    standing: { size: stopped.length, stopOf: isStopped },
  })
  return [useCases.map(({ id }) => id), offerings.map(({ id }) => id)]
}

test('with nothing stopped everything that may be used is there', () => {
  assert.deepEqual(open(), [
    ['general-assistant', 'drafts'],
    ['own', 'west'],
  ])
})

test('a stopped offering is not there, and its use case is', () => {
  assert.deepEqual(open(['offering', 'own']), [['general-assistant', 'drafts'], ['west']])
})

test('of a stopped use case neither it nor what only it names is there', () => {
  assert.deepEqual(open(['use-case', 'drafts']), [['general-assistant'], ['own']])
})

test('a stop of everything hides nothing: its refusal says why', () => {
  assert.deepEqual(open(['all', '']), open())
})
