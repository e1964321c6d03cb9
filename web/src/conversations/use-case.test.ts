import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UseCaseChoice } from '#/gateway/api.ts'
import { namedInRequest, useCaseOf } from './use-case.ts'

const open = (...ids: readonly string[]) => ids.map((id) => ({ id }) as UseCaseChoice)

test('a chat is under what was chosen for it while that is open, then the usual one, then the first', () => {
  const all = open('letters', 'general-assistant', 'tickets')
  assert.equal(useCaseOf({ useCase: 'tickets' }, all)?.id, 'tickets')
  assert.equal(useCaseOf({ useCase: 'ended' }, all)?.id, 'general-assistant')
  assert.equal(useCaseOf({ useCase: undefined }, all)?.id, 'general-assistant')
  assert.equal(useCaseOf({ useCase: undefined }, open('letters', 'tickets'))?.id, 'letters')
  assert.equal(useCaseOf({ useCase: undefined }, []), undefined)
})

test('a request names every use case but the usual one', () => {
  assert.equal(namedInRequest({ id: 'letters' }), 'letters')
  assert.equal(namedInRequest({ id: 'general-assistant' }), undefined)
  assert.equal(namedInRequest(undefined), undefined)
})
