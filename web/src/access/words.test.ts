import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WayStep } from '#/identity/access/api.ts'
import type { AccountPage } from '#/identity/accounts/api.ts'
import type { RecordPage } from '#/register/api.ts'
import {
  askableRoles,
  emptyAsk,
  lastEndOf,
  requestOf,
  seesOthers,
  suggestedIn,
  suggestionsPath,
  targetText,
  throughText,
  wayText,
} from './words.ts'

const me: WayStep = { what: 'person', id: 'person_1', name: 'mia@example.com' }
const group: WayStep = { what: 'group', id: 'scim:7', name: 'Marketing' }
const role: WayStep = { what: 'role', id: 'product', name: 'product' }
const last: WayStep = { what: 'use-case', id: 'content', name: 'Content' }
const grant = (until: string): WayStep => ({ what: 'grant', id: 'grant_1', name: 'grant_1', until })

test('a way is told by what lies between a person and what they reach', () => {
  assert.equal(throughText([me, group, role, last]), 'group Marketing, role product')
  assert.equal(throughText([me, grant('2026-12-25T10:00:00.000Z'), last]), 'given to you until 2026-12-25')
  assert.equal(
    throughText([me, { what: 'named', id: 'n', name: 'named in the record' }, last]),
    'named in the record',
  )
  assert.equal(throughText([me, last]), 'everybody')
})

test('access ends when its last way ends, and does not while one way stays', () => {
  const [early, late] = [grant('2026-12-01T00:00:00.000Z'), grant('2026-12-25T00:00:00.000Z')]
  assert.equal(
    lastEndOf([
      [me, early, last],
      [me, late, last],
    ]),
    late.until,
  )
  assert.equal(
    lastEndOf([
      [me, early, last],
      [me, group, last],
    ]),
    undefined,
  )
  assert.equal(lastEndOf([]), undefined)
})

test('what is asked for is one thing, by its id or a role', () => {
  const words = { ...emptyAsk, useCase: 'finance', name: ' content ', days: '7', reason: ' for the fair ' }
  const rest = { days: 7, reason: 'for the fair' }
  assert.deepEqual(requestOf({ ...words, what: 'listed' }), { useCase: 'finance', ...rest })
  assert.deepEqual(requestOf({ ...words, what: 'named' }), { useCase: 'content', ...rest })
  assert.deepEqual(requestOf({ ...words, what: 'role' }), { role: 'reviewer', ...rest })
  assert.equal(targetText({ what: 'role', target: 'legal' }), 'the role legal')
  assert.ok(!askableRoles.includes('employee'))
})

test('a whole way reads from the person to what they reach', () => {
  assert.equal(
    wayText([me, grant('2026-12-25T10:00:00.000Z'), last]),
    'mia@example.com → grant grant_1 until 2026-12-25 → use case Content',
  )
  assert.deepEqual([seesOthers(['employee', 'auditor']), seesOthers(['employee', 'legal'])], [true, false])
})

test('what is looked for by a part of its name is put in as what the gate asks for', () => {
  assert.equal(suggestionsPath('useCase', ' letters '), '/api/records/use-case?limit=20&search=letters')
  assert.equal(suggestionsPath('offering', ''), '/api/records/offering?limit=20')
  assert.equal(suggestionsPath('person', 'ada'), '/api/people?start=0&limit=20&text=ada')
  const people = [{ email: 'ada@example.com', name: 'Ada' }] as unknown as AccountPage['people']
  assert.deepEqual(suggestedIn({ total: 1, people }), [{ value: 'ada@example.com', label: 'Ada' }])
  const records = [{ id: 'letters', title: 'Letters' }] as unknown as RecordPage['records']
  assert.deepEqual(suggestedIn({ total: 1, next: null, records }), [{ value: 'letters', label: 'Letters' }])
})
