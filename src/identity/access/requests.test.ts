import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useCase } from '#/policy/test-values.ts'
import { dayMs, openTestAccess } from './test-access.ts'

const reason = 'for the campaign in spring'
const approve = { verdict: 'approve', reason: 'fits the plan' } as const

async function openCompany() {
  const opened = await openTestAccess({
    owners: ['olivia@example.com'],
    useCases: [useCase('finance', { owner: 'fay@example.com', roles: [] })],
  })
  const { person, access, people } = opened
  const olivia = await person('olivia@example.com')
  const fay = await person('fay@example.com')
  const sam = await person('sam@example.com')
  await access.giveRole({ email: 'sec@example.com', role: 'security', days: 90, reason }, olivia)
  const security = await person('sec@example.com')
  const ask = (personId = sam.id, target = 'finance') =>
    access.requests.ask({ what: 'use-case', target, personId, days: 30, reason, by: personId })
  return { ...opened, requests: access.requests, olivia, fay, sam, security, ask, people }
}

test('the owner of the use case, security or an owner decides, and nobody else', async () => {
  const { requests, ask, olivia, fay, sam, security, person, access } = await openCompany()
  const stranger = await person('eve@example.com')
  const first = await ask()
  assert.deepEqual(
    [olivia, fay, security, sam, stranger].map((each) => requests.mayDecide(first, each)),
    [true, true, true, false, false],
  )
  await assert.rejects(requests.decide(first.id, approve, stranger), { code: 'not-found' })
  await assert.rejects(requests.decide(first.id, approve, sam), { code: 'own-grant' })
  await requests.decide(first.id, approve, fay)
  assert.deepEqual(
    access.standing.about(sam.id, []).map(({ what, target, by }) => [what, target, by]),
    [['use-case', 'finance', fay.id]],
  )
})

test('the owner of a use case who asks for it does not decide', async () => {
  const { requests, ask, fay, security } = await openCompany()
  const own = await ask(fay.id)
  assert.equal(requests.mayDecide(own, fay), false)
  await assert.rejects(requests.decide(own.id, approve, fay), { code: 'own-grant' })
  assert.equal((await requests.decide(own.id, approve, security)).decision?.verdict, 'approved')
})

test('nobody decides about an account with the same address, whoever vouches for that one', async () => {
  const { requests, ask, people, fay, security } = await openCompany()
  const second = await people.signIn({
    issuer: 'https://id.example.com',
    subject: 'fay elsewhere',
    email: 'Fay@example.com',
    isEmailVerified: false,
    name: undefined,
  })
  const request = await ask(second.id)
  assert.equal(requests.mayDecide(request, fay), false)
  await assert.rejects(requests.decide(request.id, approve, fay), { code: 'own-grant' })
  assert.equal((await requests.decide(request.id, approve, security)).decision?.verdict, 'approved')
})

test('an address that was handed on decides nothing', async () => {
  const { requests, ask, people } = await openCompany()
  const second = await people.signIn({
    issuer: 'https://id.example.com',
    subject: 'somebody else',
    email: 'fay@example.com',
    isEmailVerified: true,
    name: undefined,
  })
  assert.equal(requests.mayDecide(await ask(), second), false)
})

test('approval makes a grant that ends; a shorter time may be given, a longer one not', async () => {
  const { requests, ask, fay, sam, access, forward } = await openCompany()
  const request = await ask()
  await assert.rejects(requests.decide(request.id, { ...approve, days: 31 }, fay), {
    code: 'request-invalid',
  })
  await requests.decide(request.id, { ...approve, days: 2 }, fay)
  assert.equal(access.standing.about(sam.id, []).length, 1)
  forward(2 * dayMs)
  assert.equal(access.standing.about(sam.id, []).length, 0)
})

test('what is decided, withdrawn or too old is not decided again', async () => {
  const { requests, ask, fay, sam, olivia, forward } = await openCompany()
  const declined = await ask()
  await requests.decide(declined.id, { verdict: 'decline', reason: 'not needed' }, fay)
  await assert.rejects(requests.decide(declined.id, approve, olivia), {
    code: 'access-decided',
    message: /is declined/,
  })
  const withdrawn = await ask()
  await assert.rejects(requests.withdraw(withdrawn.id, fay), { code: 'not-found' })
  await requests.withdraw(withdrawn.id, sam)
  await assert.rejects(requests.decide(withdrawn.id, approve, fay), { message: /is withdrawn/ })
  const old = await ask()
  forward(14 * dayMs)
  await assert.rejects(requests.decide(old.id, approve, fay), { message: /is expired/ })
})

test('two who decide at once make one decision', async () => {
  const { requests, ask, fay, olivia, access, sam } = await openCompany()
  const { id } = await ask()
  const both = await Promise.allSettled([
    requests.decide(id, approve, fay),
    requests.decide(id, { verdict: 'decline', reason: 'not needed' }, olivia),
  ])
  assert.deepEqual(
    both.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
  assert.equal(access.standing.about(sam.id, []).length, 1)
})

test('whether a use case is there is not told by asking for it; it cannot be approved while it is not', async () => {
  const { ask, sam, requests, security } = await openCompany()
  const request = await ask(sam.id, 'acquisition')
  await assert.rejects(requests.decide(request.id, approve, security), { code: 'not-found' })
  await requests.decide(request.id, { verdict: 'decline', reason: 'there is none' }, security)
})

test('a role is decided by owners', async () => {
  const { requests, sam, security, fay, olivia, people } = await openCompany()
  const asked = { what: 'role', target: 'legal', personId: sam.id, days: 30, reason, by: sam.id } as const
  const request = await requests.ask(asked)
  assert.deepEqual(
    [security, fay, olivia].map((each) => requests.mayDecide(request, each)),
    [false, false, true],
  )
  await requests.decide(request.id, approve, olivia)
  assert.deepEqual(people.find(sam.id)?.roles, ['employee', 'legal'])
})

test('nobody asks to become an owner: one owner would decide alone', async () => {
  const { requests, sam } = await openCompany()
  const asked = { what: 'role', target: 'owner', personId: sam.id, days: 30, reason, by: sam.id } as const
  await assert.rejects(requests.ask(asked), { message: /an owner proposes owners/ })
})

test('requests are bounded: one waiting for a thing, twenty a day', async () => {
  const { requests, ask, sam, forward } = await openCompany()
  await ask()
  await assert.rejects(ask(), { code: 'access-decided' })
  for (let count = 1; count < 20; count++) await ask(sam.id, `use-case-${count}`)
  await assert.rejects(ask(sam.id, 'one-more'), { code: 'access-requests-most' })
  forward(dayMs)
  await ask(sam.id, 'one-more')
  assert.equal(requests.seenBy(sam).length, 21)
})

test('a request is in the log before it waits, with its reason sealed; it is there after a start', async () => {
  const { ask, breakLog, requests, sam, fay, entries, reopen } = await openCompany()
  breakLog(true)
  await assert.rejects(ask(), { message: /log is broken/ })
  assert.deepEqual(requests.seenBy(sam), [])
  breakLog(false)
  const { id } = await ask()
  const entry = entries.at(-1)
  assert.deepEqual(
    [entry?.kind, entry?.subject, entry?.facts],
    [
      'access-request',
      sam.id,
      { about: sam.id, useCase: 'finance', decision: 'use-case asked for: finance' },
    ],
  )
  assert.deepEqual(JSON.parse(entry?.payload ?? ''), { request: id, days: 30, reason })
  const later = await reopen()
  assert.deepEqual(
    later.access.requests.seenBy(fay).map((each) => [each.id, later.access.requests.stateOf(each)]),
    [[id, 'waiting']],
  )
})
