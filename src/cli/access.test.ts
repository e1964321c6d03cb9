import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GrantView } from '#/identity/access/api.ts'
import { accessHandlers } from '#/identity/access/control.ts'
import { dayMs, openTestAccess, startMs } from '#/identity/access/test-access.ts'
import { offering, useCase } from '#/policy/test-values.ts'
import { run } from './test-world.ts'

async function openCompany() {
  const opened = await openTestAccess({
    groups: [{ group: 'scim:7', name: 'Marketing', roles: ['product'] }],
    useCases: [
      useCase('drafts', { roles: ['product'], offerings: ['west'] }),
      useCase('finance', { roles: ['legal'], offerings: ['own'] }),
    ],
    offerings: [offering('west', 'internal'), offering('own', 'restricted')],
  })
  const handlers = accessHandlers(opened.access, opened.people) as never
  let now = startMs
  const forward = (ms: number): void => {
    now += ms
    opened.forward(ms)
  }
  const call = (...argv: readonly string[]) =>
    run(argv, { environment: { SALLYPORT_DATA: '/nowhere' }, clock: () => now, handlers })
  return { ...opened, call, forward }
}

const why = ['--reason', 'stands in for Rita'] as const

test('a role is given until a day, listed, and ended', async () => {
  const { call, person } = await openCompany()
  const given = await call('role', 'grant', 'sam@example.com', 'security', '--for', '30d', ...why, '--json')
  assert.equal(given.exitCode, 0, given.err)
  const { grant } = JSON.parse(given.out) as { readonly grant: GrantView }
  assert.equal(grant.until, '2026-12-25T00:00:00.000Z')
  await person('sam@example.com')
  const listed = await call('role', 'list')
  assert.match(
    listed.out,
    /^sam@example\.com {2}employee, security\ngrant_\w+ {2}sam@example\.com {2}has {2}role security/,
  )
  const ended = await call('role', 'revoke', 'sam@example.com', 'security', ...why)
  assert.match(ended.out, /^grant_\w+ is ended\n$/)
  assert.match((await call('role', 'list')).out, /nobody is more than an employee/)
  const nothing = await call('role', 'revoke', 'sam@example.com', 'security', ...why)
  assert.deepEqual([nothing.exitCode, /There is no grant of this role/.test(nothing.err)], [1, true])
})

test('what is wrong is named as it was typed', async () => {
  const { call } = await openCompany()
  const short = await call('access', 'grant', 'sam@example.com', 'finance', '--reason', 'x')
  assert.match(short.err, /The field "reason" is wrong: must have at least 5 characters/)
  const unknown = await call('role', 'grant', 'sam@example.com', 'boss', ...why)
  assert.match(unknown.err, /The field "role" is wrong: must be one of employee, /)
})

test('a role of owner waits for an owner, and where there is none the way is named', async () => {
  const { call } = await openCompany()
  const alone = await call('role', 'grant', 'sam@example.com', 'owner', ...why)
  assert.deepEqual([alone.exitCode, /identity\.owners/.test(alone.err)], [1, true])
})

test('access to a use case is given, denied, listed and ended', async () => {
  const { call } = await openCompany()
  const given = await call('access', 'grant', 'sam@example.com', 'finance', ...why)
  assert.match(given.out, /sam@example\.com {2}has {2}use-case finance {2}until 2027-02-23T/)
  const denied = await call('access', 'deny', '--group', 'scim:9', '--offering', 'own', ...why, '--json')
  const { denial } = JSON.parse(denied.out) as { readonly denial: GrantView }
  assert.deepEqual(
    [denial.group, denial.what, denial.target, denial.until],
    ['scim:9', 'offering', 'own', null],
  )
  assert.match(
    (await call('access', 'list')).out,
    /group scim:9 {2}is DENIED {2}offering own {2}until it is ended/,
  )
  assert.equal((await call('access', 'end', denial.id, ...why)).exitCode, 0)
  assert.doesNotMatch((await call('access', 'list')).out, /DENIED/)
})

test('what is asked wrongly is said with the usage', async () => {
  const { call } = await openCompany()
  for (const argv of [
    ['role', 'grant', 'sam@example.com', 'security'],
    ['role', 'grant', 'sam@example.com', 'security', '--for', '1h', ...why],
    ['access', 'deny', '--person', 'sam@example.com', ...why],
    ['access', 'deny', '--role', 'legal', ...why],
    ['access', 'deny', '--group', 'scim:9', '--role', 'legal', '--offering', 'own', ...why],
    ['access', 'explain'],
    ['access', 'explain', '--offering', 'own', '--person', 'sam@example.com'],
    ['access', 'unused', '--days', 'many'],
  ])
    assert.equal((await call(...argv)).exitCode, 2, argv.join(' '))
  const employee = await call('role', 'grant', 'sam@example.com', 'employee', ...why)
  assert.deepEqual([employee.exitCode, /everybody who signs in/.test(employee.err)], [1, true])
})

test('who reaches what is explained on a line for each way', async () => {
  const { call, person, people } = await openCompany()
  const sam = await person('sam@example.com')
  await person('eve@example.com')
  await people.setGroups(sam.id, 'scim', ['7'])
  const reach = await call('access', 'explain', '--offering', 'west')
  assert.equal(
    reach.out,
    'offering west: reached by 1, kept out 0\n' +
      '  sam@example.com -> group Marketing -> role product -> use-case Use case drafts -> offering Offering west\n',
  )
  await call('access', 'deny', '--person', 'sam@example.com', '--offering', 'west', ...why)
  const denied = await call('access', 'explain', '--offering', 'west')
  assert.equal(denied.exitCode, 1)
  assert.match(denied.out, /reached by 0, kept out 1\n {2}denied: sam@example\.com -> denied by grant_/)
  const mine = await call('access', 'explain', '--person', 'sam@example.com')
  assert.match(
    mine.out,
    /open {4}drafts\n.*\n {2}reaches west \(DENIED\)\nclosed {2}finance\n {2}Nothing lets/,
  )
  assert.equal((await call('access', 'explain', '--person', 'nobody@example.com')).exitCode, 1)
})

test('what nobody uses is shown from so many days on', async () => {
  const { call, forward, person, access } = await openCompany()
  await call('access', 'grant', 'sam@example.com', 'finance', ...why)
  const sam = await person('sam@example.com')
  access.use.noteExchange(sam, { id: 'finance', roles: [] })
  forward(59 * dayMs)
  assert.equal((await call('access', 'unused')).exitCode, 0)
  forward(dayMs)
  const { exitCode, out } = await call('access', 'unused')
  assert.equal(exitCode, 1)
  assert.match(
    out,
    /^sam@example\.com {2}use-case finance {2}unused for 60 days {2}last used 2026-11-25, 1x {2}by grant_/,
  )
})
