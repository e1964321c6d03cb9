import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { useCase } from '#/policy/test-values.ts'
import { identityMigrations } from '../migrations/index.ts'
import { createAccessStore } from './store.ts'
import { dayMs, openTestAccess, startMs } from './test-access.ts'

const reason = 'stands in for Rita'
const asked = { email: 'sam@example.com', role: 'security', days: 30, reason } as const
const by = 'command-line:ada'

test('a role ends by itself, to the moment, and everybody who listens is told', async () => {
  const { access, people, person, forward, entries } = await openTestAccess()
  const { id } = await person('sam@example.com')
  const changed: string[] = []
  people.onChanged((each) => changed.push(each))
  await access.giveRole(asked, by)
  assert.deepEqual(people.find(id)?.roles, ['employee', 'security'])
  forward(30 * dayMs - 1)
  assert.deepEqual(people.findCurrent(id)?.roles, ['employee', 'security'])
  forward(1)
  // No timer ran: asking is enough.
  assert.deepEqual(people.findCurrent(id)?.roles, ['employee'])
  assert.deepEqual(people.holdersOf(['security']), [])
  assert.deepEqual(changed, [id, id])
  await access.grants.endExpired()
  assert.deepEqual(
    entries.map(({ kind, facts }) => [kind, facts.about, facts.decision, facts.reason]),
    [
      ['role-granted', by, 'role granted: security', undefined],
      ['role-ended', 'clock', 'role grant ended: security', 'expired'],
    ],
  )
  assert.equal(entries[0]?.facts.untilMs, startMs + 30 * dayMs)
  assert.ok(!JSON.stringify(entries.map(({ facts }) => facts)).includes('Rita'), 'what was typed is sealed')
  await access.grants.endExpired()
  assert.equal(entries.length, 2)
})

test('what is given by e-mail waits for the first sign-in, and lasts over a start', async () => {
  const { access, people, person, reopen, forward } = await openTestAccess()
  await access.giveRole(asked, by)
  assert.deepEqual(people.findByEmail('sam@example.com')[0]?.roles, ['employee'])
  const { id } = await person('sam@example.com')
  assert.deepEqual(people.find(id)?.roles, ['employee', 'security'])
  assert.deepEqual((await reopen()).people.find(id)?.roles, ['employee', 'security'])
  forward(30 * dayMs)
  const later = await reopen()
  assert.deepEqual(later.people.find(id)?.roles, ['employee'])
})

test('what ended while nothing ran is written down at the next start', async () => {
  const { access, entries, reopen, forward } = await openTestAccess()
  await access.giveRole(asked, by)
  forward(31 * dayMs)
  const later = await reopen()
  await later.access.grants.endExpired()
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['role-granted', 'role-ended'],
  )
})

test('a denial of a role wins over a grant and over a group, for a person and for a group', async () => {
  const groups = [{ group: 'scim:7', name: 'Security team', roles: ['security'] }] as const
  const { access, people, person } = await openTestAccess({ groups })
  const { id } = await person('sam@example.com')
  await people.setGroups(id, 'scim', ['7', '8'])
  await access.giveRole(asked, by)
  assert.deepEqual(people.find(id)?.roles, ['employee', 'security'])
  const denial = { what: 'role', target: 'security', reason } as const
  const forPerson = await access.deny({ ...denial, email: 'sam@example.com' }, by)
  assert.deepEqual(people.find(id)?.roles, ['employee'])
  const forGroup = await access.deny({ ...denial, group: 'scim:8' }, by)
  await access.end(forPerson.id, reason, by)
  assert.deepEqual(people.find(id)?.roles, ['employee'])
  await access.end(forGroup.id, reason, by)
  assert.deepEqual(people.find(id)?.roles, ['employee', 'security'])
})

test('roles follow groups at once, both ways', async () => {
  const groups = [{ group: 'oidc:7', name: undefined, roles: ['product', 'reviewer'] }] as const
  const { people, person, entries, breakLog } = await openTestAccess({ groups })
  const { id } = await person('sam@example.com')
  const changed: string[] = []
  people.onChanged((each) => changed.push(each))
  await people.setGroups(id, 'oidc', ['7'])
  assert.deepEqual(people.find(id)?.roles, ['employee', 'product', 'reviewer'])
  // The same id told by somebody else is another group.
  await people.setGroups(id, 'scim', ['7'])
  await people.setGroups(id, 'oidc', [])
  assert.deepEqual(people.find(id)?.roles, ['employee'])
  assert.deepEqual(changed, [id, id, id])
  const about = { about: 'oidc', reason: 'group' }
  assert.deepEqual(
    entries.filter(({ kind }) => kind.startsWith('role-')),
    [
      {
        kind: 'role-granted',
        subject: id,
        facts: { ...about, decision: 'roles granted: product, reviewer' },
      },
      {
        kind: 'role-ended',
        subject: id,
        facts: { ...about, decision: 'role grant ended: product, reviewer' },
      },
    ],
  )
  breakLog(true)
  await assert.rejects(people.setGroups(id, 'oidc', ['7']), /broken/)
  assert.deepEqual(people.find(id)?.roles, ['employee'])
})

test('nobody gives anything to themselves, nor ends what keeps them out', async () => {
  const { access, people, person } = await openTestAccess({ owners: ['olivia@example.com'] })
  const owner = await person('olivia@example.com')
  await assert.rejects(access.giveRole({ ...asked, email: owner.email }, owner), { code: 'own-grant' })
  const denial = { what: 'role', target: 'security', reason } as const
  const own = await access.deny({ ...denial, email: owner.email }, owner)
  await people.setGroups(owner.id, 'scim', ['9'])
  const ofGroup = await access.deny({ ...denial, group: 'scim:9' }, owner)
  const now = people.findCurrent(owner.id) ?? assert.fail()
  for (const { id } of [own, ofGroup])
    await assert.rejects(access.end(id, reason, now), { code: 'own-grant' })
})

test('everything given ends: days are bounded, and longer for an office', async () => {
  const { access } = await openTestAccess({ useCases: [useCase('finance')] })
  for (const days of [0, 366, 1.5])
    await assert.rejects(access.giveRole({ ...asked, days }, by), { code: 'request-invalid' })
  await access.giveRole({ ...asked, days: 365 }, by)
  await assert.rejects(access.giveRole({ ...asked, role: 'product', days: 91 }, by), {
    message: /from 1 to 90/,
  })
  const grant = { email: 'sam@example.com', useCase: 'finance', reason } as const
  await assert.rejects(access.giveUseCase({ ...grant, days: 91 }, by), { message: /from 1 to 90/ })
  assert.equal((await access.giveUseCase(grant, by)).untilMs, startMs + 90 * dayMs)
})

test('employee is nothing to give, employee and owner nothing to deny', async () => {
  const { access } = await openTestAccess()
  const give = (role: never) => access.giveRole({ ...asked, role }, by)
  await assert.rejects(give('employee' as never), { message: /everybody who signs in/ })
  await assert.rejects(give('emperor' as never), { message: /no such role/ })
  for (const target of ['employee', 'owner']) {
    const denial = { what: 'role', target, email: 'sam@example.com', reason } as const
    await assert.rejects(access.deny(denial, by), { code: 'request-invalid' })
  }
})

test('a second owner decides about an owner; where there is only one, that one is enough', async () => {
  const { access, people, person } = await openTestAccess({ owners: ['olivia@example.com'] })
  await assert.rejects(access.giveRole({ ...asked, role: 'owner' }, by), { message: /identity\.owners/ })
  const olivia = await person('olivia@example.com')
  const sam = await person('sam@example.com')
  const first = await access.giveRole({ ...asked, role: 'owner' }, olivia)
  assert.ok('grant' in first)
  const second = await access.giveRole({ ...asked, email: 'tom@example.com', role: 'owner' }, olivia)
  assert.ok('request' in second)
  const tom = await person('tom@example.com')
  assert.deepEqual(tom.roles, ['employee'])
  const decision = { verdict: 'approve', reason } as const
  await assert.rejects(access.requests.decide(second.request.id, decision, olivia), { code: 'own-grant' })
  await access.requests.decide(second.request.id, decision, people.find(sam.id) ?? assert.fail())
  assert.deepEqual(people.find(tom.id)?.roles, ['employee', 'owner'])
})

test('a grant counts only once it is in the log; taking away works at once, whatever the log does', async () => {
  const { access, people, person, breakLog, entries } = await openTestAccess()
  const { id } = await person('sam@example.com')
  breakLog(true)
  await assert.rejects(access.giveRole(asked, by), { message: /log is broken/ })
  assert.deepEqual(people.find(id)?.roles, ['employee'])
  breakLog(false)
  const given = await access.giveRole(asked, by)
  const grantId = 'grant' in given ? given.grant.id : assert.fail()
  breakLog(true)
  await assert.rejects(access.end(grantId, reason, by), { message: /log is broken/ })
  assert.deepEqual(people.find(id)?.roles, ['employee'])
  breakLog(false)
  await access.grants.endExpired()
  assert.equal(entries.at(-1)?.kind, 'role-ended')
  await assert.rejects(access.end(grantId, reason, by), { code: 'not-found' })
})

test('who may end what: owners roles, security denials, the owner of a use case its grants, everybody their own', async () => {
  const { access, people, person } = await openTestAccess({
    owners: ['olivia@example.com'],
    useCases: [useCase('finance', { owner: 'fay@example.com' })],
  })
  const [olivia, fay, sam] = [
    await person('olivia@example.com'),
    await person('fay@example.com'),
    await person('sam@example.com'),
  ]
  await access.giveRole({ ...asked, email: 'sec@example.com' }, olivia)
  const security = await person('sec@example.com')
  const grant = { email: sam.email, useCase: 'finance', reason }
  const once = async () => (await access.giveUseCase(grant, fay)).id
  await assert.rejects(access.giveUseCase(grant, sam), { code: 'role-missing' })
  for (const who of [fay, security, olivia, sam]) await access.end(await once(), reason, who)
  const stranger = await person('eve@example.com')
  await assert.rejects(access.end(await once(), reason, stranger), { code: 'not-found' })
  const roleGrant = await access.giveRole({ ...asked, role: 'product' }, olivia)
  const roleId = 'grant' in roleGrant ? roleGrant.grant.id : assert.fail()
  await assert.rejects(access.end(roleId, reason, security), { code: 'not-found' })
  await access.end(roleId, reason, people.find(sam.id) ?? assert.fail())
  const denial = { what: 'use-case', target: 'finance', email: sam.email, reason } as const
  const { id } = await access.deny(denial, security)
  await assert.rejects(access.end(id, reason, fay), { code: 'not-found' })
  await access.end(id, reason, security)
  await assert.rejects(access.deny({ ...denial, what: 'role', target: 'legal' }, security), {
    code: 'role-missing',
  })
})

test('grants of a person are bounded', async () => {
  const { access } = await openTestAccess()
  for (let count = 0; count < 200; count++) await access.giveRole({ ...asked, role: 'product' }, by)
  await assert.rejects(access.giveRole({ ...asked, role: 'product' }, by), { message: /200 grants/ })
})

test('roles from before grants ended get an end of their own', async () => {
  const database = openSqlite(':memory:')
  const before = identityMigrations.filter(({ id }) => id < 'identity-009')
  await migrate(database, before)
  await database.run(
    `INSERT INTO person (id, issuer, email, is_email_verified, name, created_at)
     VALUES ('person_1', 'https://id.example.com', 'sam@example.com', 1, 'Sam', 5)`,
  )
  await database.run("INSERT INTO role_grant VALUES ('person_1', 'legal', 'bootstrap', 7)")
  await migrate(database, identityMigrations)
  const [grant] = await createAccessStore(database).readGrants()
  assert.deepEqual(
    [grant?.person, grant?.what, grant?.target, grant?.by, grant?.untilMs],
    ['person_1', 'role', 'legal', 'bootstrap', 7 + 90 * dayMs],
  )
})
