import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import type { Policy } from './api.ts'
import { kindOf } from './kinds/index.ts'
import { hashOf, readBody } from './read-body.ts'
import { conditionWords } from './trigger.ts'

const owner = 'security@example.com'
const trigger = (when: object, more: object = {}) => ({
  ...{ id: 'watch', title: 'Watch', when, action: 'alert', owner },
  ...more,
})
const policy = (...triggers: object[]) => ({ title: 'Rules', owner, rules: [], triggers })
const read = (...triggers: object[]): Policy => readBody('policy', policy(...triggers)) as Policy

/** Field and problem of what is refused. */
function wrong(...triggers: object[]): string {
  try {
    read(...triggers)
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return `${String(error.facts['field'])} ${String(error.facts['problem'])}`
  }
  return assert.fail('it was taken')
}

test('a trigger reads as it is written, with once within an hour where nothing is said', () => {
  const [one] = read(trigger({ what: 'refusals', rule: 'secrets', per: 'key' })).triggers ?? []
  assert.ok(one !== undefined)
  assert.equal(conditionWords(one.when), '1 refusal by the rule secrets within 60 minutes, per key')
})

test('a condition nobody sees, a kind nobody finds and a code there is not are refused, with what there is', () => {
  assert.match(wrong(trigger({ what: 'weather' })), /^triggers\.0\.when\S* must be \{ what/)
  assert.match(
    wrong(trigger({ what: 'findings', kind: 'ibam', per: 'person' })),
    /^triggers\.0\.when\.kind is no kind of finding\. Did you mean .*iban/,
  )
  assert.match(
    wrong(trigger({ what: 'refusals', code: 'finding-blockd', per: 'person' })),
    /^triggers\.0\.when\.code is no code of a refusal\. Did you mean .*finding-blocked/,
  )
  assert.match(
    wrong(trigger({ what: 'refusals', per: 'offering' })),
    /^triggers\.0\.when\.per must be one of/,
  )
  assert.match(
    wrong(trigger({ what: 'refusals', pre: 'key', per: 'key' })),
    /^triggers\.0\.when\.pre there is no such field\. Did you mean .*per/,
  )
})

test('what cannot be done is refused: everybody stopped at once, minutes of an alert, two things in one condition', () => {
  const everybody = { what: 'refusals', per: 'everybody' }
  assert.match(wrong(trigger(everybody, { action: 'stop' })), /^triggers\.0\.action cannot be stop/)
  assert.match(wrong(trigger(everybody, { minutes: 5 })), /^triggers\.0\.minutes has a meaning only/)
  assert.match(
    wrong(trigger({ ...everybody, rule: 'a', code: 'finding-blocked' })),
    /^triggers\.0\.when\.rule must be left out/,
  )
  assert.match(wrong(trigger({ what: 'findings', per: 'person' })), /^triggers\.0\.when\.kind must be given/)
  assert.match(wrong(trigger(everybody), trigger(everybody)), /^triggers must not hold two triggers/)
  assert.match(wrong(trigger({ ...everybody, times: 501 })), /times must be at most 500/)
})

test('what a trigger names must be there before the policy serves', () => {
  const body = read(
    trigger({ what: 'spend', useCase: 'support', percent: 80 }),
    trigger({ what: 'unsafe-probe', offering: 'west' }, { id: 'other' }),
  )
  assert.deepEqual(kindOf('policy').references(body), [
    { field: 'triggers.0.when.useCase', kind: 'use-case', id: 'support' },
    { field: 'triggers.1.when.offering', kind: 'offering', id: 'west' },
  ])
})

test('a policy without triggers has the hash it had before there were any, and a trigger changes it', () => {
  const without = readBody('policy', { title: 'Rules', owner, rules: [] })
  assert.equal('triggers' in without, false)
  const hashes = [without, read(trigger({ what: 'unsafe-probe' }))].map((body) => hashOf('policy', body))
  assert.notEqual(hashes[0], hashes[1])
})
