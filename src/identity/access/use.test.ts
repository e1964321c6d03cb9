import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useCase } from '#/policy/test-values.ts'
import { dayMs, openTestAccess } from './test-access.ts'

const reason = 'for the campaign in spring'
const by = 'command-line:ada'
const groups = [{ group: 'oidc:7', name: 'Law', roles: ['legal'] }] as const

const open = () =>
  openTestAccess({ groups, useCases: [useCase('finance', { roles: ['legal'] }), useCase('open')] })

test('what a grant is used for: last day, how often, and how others use the same', async () => {
  const { access, people, person, forward } = await open()
  for (const name of ['ada', 'bob', 'eve'])
    await access.giveUseCase({ email: `${name}@example.com`, useCase: 'finance', days: 90, reason }, by)
  const ada = await person('ada@example.com')
  const bob = await person('bob@example.com')
  for (let count = 0; count < 3; count++) access.use.noteExchange(ada, { id: 'finance', roles: ['legal'] })
  forward(61 * dayMs)
  access.use.noteExchange(bob, { id: 'finance', roles: ['legal'] })
  const uses = await access.uses()
  assert.deepEqual(
    uses.map(({ email, lastUsed, count, unusedDays, peers, peersUsing }) => [
      email.slice(0, 3),
      lastUsed,
      count,
      unusedDays,
      peers,
      peersUsing,
    ]),
    [
      ['ada', '2026-11-25', 3, 61, 2, 1],
      ['eve', null, 0, 61, 2, 1],
      ['bob', '2027-01-25', 1, 0, 2, 0],
    ],
  )
  assert.ok(
    uses.every(
      ({ through, what, since }) =>
        /^grant_/.test(through[0] ?? '') && what === 'use-case' && since === '2026-11-25',
    ),
  )
  assert.deepEqual(people.everybody().length, 3)
})

test('a role by a group is used by what it opens: exchanges and routes', async () => {
  const { access, people, person, forward } = await open()
  const ada = await person('ada@example.com')
  await people.setGroups(ada.id, 'oidc', ['7'])
  const withRole = people.find(ada.id) ?? assert.fail()
  forward(70 * dayMs)
  const before = await access.uses()
  assert.deepEqual(
    before.map(({ what, target, through, lastUsed, unusedDays }) => [
      what,
      target,
      through,
      lastUsed,
      unusedDays,
    ]),
    [['role', 'legal', ['group:oidc:7'], null, 70]],
  )
  access.use.noteRoles(withRole, ['security', 'legal'])
  access.use.noteExchange(withRole, { id: 'finance', roles: ['legal'] })
  access.use.noteExchange(withRole, { id: 'open', roles: ['employee'] })
  const [after, ...others] = await access.uses()
  assert.deepEqual([after?.count, after?.unusedDays, others], [2, 0, []])
})

test('a role that was gone and came back begins unused', async () => {
  const { access, people, person, forward, reopen } = await open()
  const ada = await person('ada@example.com')
  await people.setGroups(ada.id, 'oidc', ['7'])
  access.use.noteRoles(people.find(ada.id) ?? assert.fail(), ['legal'])
  await access.use.flush()
  await people.setGroups(ada.id, 'oidc', [])
  forward(100 * dayMs)
  await people.setGroups(ada.id, 'oidc', ['7'])
  const [use] = await access.uses()
  assert.deepEqual([use?.lastUsed, use?.unusedDays, use?.since], [null, 0, '2027-03-05'])
  forward(10 * dayMs)
  // A start begins nothing anew.
  const [later] = await (await reopen()).access.uses()
  assert.deepEqual([later?.since, later?.unusedDays], ['2027-03-05', 10])
})

test('uses that could not be stored are counted with the next', async () => {
  const { access, person, database } = await open()
  await access.giveUseCase({ email: 'ada@example.com', useCase: 'finance', reason }, by)
  const ada = await person('ada@example.com')
  await database.run('ALTER TABLE access_use RENAME TO hidden')
  access.use.noteExchange(ada, { id: 'finance', roles: [] })
  await assert.rejects(access.use.flush())
  access.use.noteExchange(ada, { id: 'finance', roles: [] })
  await database.run('ALTER TABLE hidden RENAME TO access_use')
  const [use] = await access.uses()
  assert.equal(use?.count, 2)
})
