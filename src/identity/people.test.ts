import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { IdentityEntry } from './entry.ts'
import { identityMigrations } from './migrations/index.ts'
import { type Claims, openPeople } from './people.ts'
import { createIdentityStore } from './store.ts'

const issuer = 'https://id.example.com'

async function openRoom(owners: readonly string[] = []) {
  const database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  const entries: IdentityEntry[] = []
  let isLogBroken = false
  let now = 1_000
  const open = (named: string | readonly string[] = issuer, settingsOwners = owners) =>
    openPeople({
      store: createIdentityStore(database),
      writeEntry: async (entry) => {
        if (isLogBroken) throw new Error('the log is broken')
        entries.push(entry)
      },
      clock: { now: () => now++, monotonic: () => 0 },
      issuers: new Set([named].flat()),
      owners: new Set(settingsOwners),
    })
  const setBroken = (isBroken: boolean) => () => {
    isLogBroken = isBroken
  }
  return { people: await open(), open, entries, breakLog: setBroken(true), mendLog: setBroken(false) }
}

const claims = (subject: string, email: string | undefined, more: Partial<Claims> = {}): Claims => ({
  issuer,
  subject,
  email,
  isEmailVerified: true,
  name: undefined,
  ...more,
})

test('a person is issuer and subject: a new e-mail and name change what is shown, not who it is', async () => {
  const { people } = await openRoom()
  const first = await people.signIn(claims('s1', 'Maria@Example.com', { name: 'Maria Muster' }))
  const later = await people.signIn(claims('s1', 'maria.neu@example.com', { name: 'Maria Neu' }))
  assert.equal(later.id, first.id)
  assert.deepEqual(
    [first.email, later.email, later.name],
    ['maria@example.com', 'maria.neu@example.com', 'Maria Neu'],
  )
  assert.deepEqual(people.findByEmail('maria@example.com'), [])
})

test('an address that is given to another person later does not make them the first one', async () => {
  const { people } = await openRoom(['chief@example.com'])
  const first = await people.signIn(claims('s1', 'chief@example.com'))
  const second = await people.signIn(claims('s2', 'chief@example.com'))
  assert.notEqual(second.id, first.id)
  assert.deepEqual(people.find(first.id)?.roles, ['employee', 'owner'])
  assert.deepEqual(people.find(second.id)?.roles, ['employee'])
  assert.equal(people.findByEmail('chief@example.com').length, 2)
  await assert.rejects(people.findOrInvite('chief@example.com'), { code: 'person-ambiguous' })
})

test('whoever moves to the address of an owner later does not become owner, however long they are known', async () => {
  const { people, open } = await openRoom(['chief@example.com'])
  const mole = await people.signIn(claims('s1', 'mole@example.com'))
  const chief = await people.signIn(claims('s2', 'chief@example.com'))
  await people.signIn(claims('s1', 'chief@example.com'))
  await people.signIn(claims('s1', 'chief@example.com'))
  for (const { find } of [people, await open()]) {
    assert.deepEqual(find(mole.id)?.roles, ['employee'])
    assert.deepEqual(find(chief.id)?.roles, ['employee', 'owner'])
  }
})

test('of those with one address, whoever has held it for longest comes first', async () => {
  const other = 'https://partner.example.com'
  const { people, open } = await openRoom()
  const mole = await people.signIn(claims('s1', 'mole@example.com'))
  const both = await open([issuer, other])
  await both.provision({ issuer: other, subject: 'p1', email: 'ada@example.com', name: undefined })
  const ada = await both.signIn(claims('s2', 'ada@example.com'))
  const partner = await both.signIn(claims('p1', 'ada@example.com', { issuer: other }))
  await both.signIn(claims('s1', 'ada@example.com'))
  for (const { findByEmail } of [both, await open([issuer, other])])
    assert.deepEqual(
      findByEmail('ada@example.com').map(({ id }) => id),
      [ada.id, partner.id, mole.id],
    )
})

test('an address counts from when it was verified', async () => {
  const { people } = await openRoom(['chief@example.com'])
  const mole = await people.signIn(claims('s1', 'chief@example.com', { isEmailVerified: false }))
  const chief = await people.signIn(claims('s2', 'chief@example.com'))
  await people.signIn(claims('s1', 'chief@example.com'))
  assert.deepEqual(people.find(mole.id)?.roles, ['employee'])
  assert.deepEqual(people.find(chief.id)?.roles, ['employee', 'owner'])
})

test('an e-mail the provider has not verified binds nothing and is found by nobody', async () => {
  const { people } = await openRoom(['chief@example.com'])
  const pending = await people.findOrInvite('chief@example.com')
  const stranger = await people.signIn(claims('s9', 'chief@example.com', { isEmailVerified: false }))
  assert.notEqual(stranger.id, pending.id)
  assert.deepEqual(stranger.roles, ['employee'])
  assert.deepEqual(people.findByEmail('chief@example.com'), [people.find(pending.id)])
})

test('a person without any e-mail signs in under the subject', async () => {
  const { people } = await openRoom()
  const person = await people.signIn(claims('s3', undefined))
  assert.deepEqual([person.email, person.name], ['', 's3'])
})

test('an owner who is taken out of the settings is none after the next start', async () => {
  const { people, open } = await openRoom(['chief@example.com'])
  const { id } = await people.signIn(claims('s1', 'chief@example.com'))
  assert.deepEqual(people.find(id)?.roles, ['employee', 'owner'])
  assert.deepEqual((await open(issuer, [])).find(id)?.roles, ['employee'])
})

test('two providers with the same subject and e-mail have two people, and only the configured one has access', async () => {
  const { people, open } = await openRoom()
  const old = await people.signIn(claims('s1', 'maria@example.com'))
  const elsewhere = await open('https://other.example.com')
  const other = await elsewhere.signIn(
    claims('s1', 'maria@example.com', { issuer: 'https://other.example.com' }),
  )
  assert.notEqual(other.id, old.id)
  assert.equal(elsewhere.findCurrent(old.id), undefined)
  assert.equal(elsewhere.findCurrent(other.id)?.id, other.id)
  assert.equal(elsewhere.find(old.id)?.id, old.id)
  assert.equal((await elsewhere.findOrInvite('maria@example.com')).id, other.id)
})

test('naming and signing in the same person many times at once makes one person', async () => {
  const { people } = await openRoom()
  const named = await Promise.all(Array.from({ length: 10 }, () => people.findOrInvite('nora@example.com')))
  const signedIn = await Promise.all(
    Array.from({ length: 10 }, () => people.signIn(claims('s6', 'nora@example.com'))),
  )
  assert.equal(new Set([...named, ...signedIn].map(({ id }) => id)).size, 1)
})

test('what cannot be an e-mail address is refused', async () => {
  const { people } = await openRoom()
  for (const email of [
    '',
    'nobody',
    '@example.com',
    'a@',
    'a b@example.com',
    'a@exam\nple.com',
    'a@b@example.com',
    `${'a'.repeat(250)}@b.example`,
  ]) {
    await assert.rejects(people.findOrInvite(email), { code: 'request-invalid' }, JSON.stringify(email))
  }
})

test('whoever is ended has no access, cannot sign in and gets no key, until restored; also after a start', async () => {
  const { people, open, entries } = await openRoom()
  const { id } = await people.signIn(claims('s1', 'maria@example.com'))
  const told: string[] = []
  people.onEnded((personId) => told.push(personId))
  await people.end({ id, by: 'scim', reason: 'left' })
  await people.end({ id, by: 'scim', reason: 'again' })
  assert.deepEqual(told, [id])
  for (const room of [people, await open()]) {
    assert.equal(room.findCurrent(id), undefined)
    assert.equal(room.isEnded(id), true)
    assert.equal(room.find(id)?.email, 'maria@example.com')
    assert.deepEqual(room.holdersOf(['employee']), [])
    await assert.rejects(room.signIn(claims('s1', 'maria@example.com')), { code: 'account-ended' })
    await assert.rejects(room.findOrInvite('maria@example.com'), { code: 'account-ended' })
  }
  await people.restore({ id, by: 'person_2', reason: 'back' })
  assert.equal(people.findCurrent(id)?.id, id)
  assert.equal((await open()).findCurrent(id)?.id, id)
  assert.deepEqual(
    entries.map(({ kind, facts }) => [kind, facts.about, facts.reason]),
    [
      ['access-ended', 'scim', 'left'],
      ['access-restored', 'person_2', 'back'],
    ],
  )
  await assert.rejects(people.end({ id: 'nobody', by: 'x', reason: 'y' }), { code: 'not-found' })
})

test('an end takes hold although the log is broken, and is finished when asked again', async () => {
  const { people, entries, breakLog, mendLog } = await openRoom()
  const { id } = await people.signIn(claims('s1', 'maria@example.com'))
  breakLog()
  await assert.rejects(people.end({ id, by: 'scim', reason: 'left' }), /broken/)
  assert.equal(people.findCurrent(id), undefined)
  mendLog()
  await people.end({ id, by: 'scim', reason: 'left' })
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['access-ended'],
  )
})

test('groups come from each source apart, and a change is told', async () => {
  const { people, open } = await openRoom()
  const { id } = await people.signIn(claims('s1', 'maria@example.com'))
  const told: string[] = []
  people.onChanged((personId) => told.push(personId))
  await people.setGroups(id, 'oidc', ['g2', 'g1', 'g1'])
  await people.setGroups(id, 'scim', ['g1'])
  await people.setGroups(id, 'oidc', ['g1', 'g2'])
  assert.deepEqual(told, [id, id])
  assert.deepEqual(people.find(id)?.groups, ['oidc:g1', 'oidc:g2', 'scim:g1'])
  assert.deepEqual((await open()).find(id)?.groups, ['oidc:g1', 'oidc:g2', 'scim:g1'])
  await people.setGroups(id, 'oidc', [])
  assert.deepEqual(people.find(id)?.groups, ['scim:g1'])
  const many = Array.from({ length: 2_001 }, (_, index) => `g${index}`)
  await assert.rejects(people.setGroups(id, 'oidc', many), { code: 'request-invalid' })
})

const second = 'https://second.example.com'

test('of two providers at once, the first that vouches for a pending person gets it, and the same address at the other is somebody else', async () => {
  const { people, open } = await openRoom()
  await people.findOrInvite('rita@example.com')
  const pending = people.findByEmail('rita@example.com')[0]?.id
  const both = await open([issuer, second])
  const first = await both.signIn(claims('s1', 'rita@example.com', { issuer: second }))
  const other = await both.signIn(claims('s1', 'rita@example.com'))
  assert.notEqual(other.id, first.id)
  assert.deepEqual([first.issuer, first.id], [second, pending])
  assert.equal(other.issuer, issuer)
  await assert.rejects(both.findOrInvite('rita@example.com'), { code: 'person-ambiguous' })
  const again = await open([issuer, second])
  assert.equal((await again.signIn(claims('s1', 'rita@example.com', { issuer: second }))).id, first.id)
  assert.equal((await open(issuer)).findCurrent(first.id), undefined)
})

test('whoever is named while there are two providers waits for either, also when one is left', async () => {
  const { open } = await openRoom()
  const both = await open([issuer, second])
  const pending = await both.findOrInvite('nora@example.com')
  assert.equal((await both.findOrInvite('nora@example.com')).id, pending.id)
  assert.equal(both.findCurrent(pending.id)?.id, pending.id)
  const one = await open(issuer)
  assert.equal((await one.findOrInvite('nora@example.com')).id, pending.id)
  assert.equal((await one.signIn(claims('s7', 'nora@example.com'))).id, pending.id)
})

test('an address somebody holds already binds nobody else to what waits under it', async () => {
  const { people, open } = await openRoom(['chief@example.com'])
  const pending = await people.findOrInvite('maria@example.com')
  const both = await open([issuer, second])
  await both.signIn(claims('s1', 'anna@example.com'))
  await both.signIn(claims('s1', 'maria@example.com'))
  const late = await both.signIn(claims('s2', 'maria@example.com', { issuer: second }))
  assert.notEqual(late.id, pending.id)
  await assert.rejects(both.findOrInvite('maria@example.com'), { code: 'person-ambiguous' })
  const chief = await both.signIn(claims('s3', 'chief@example.com', { issuer: second }))
  const imitator = await both.signIn(claims('s4', 'chief@example.com'))
  assert.deepEqual(both.find(chief.id)?.roles, ['employee', 'owner'])
  assert.deepEqual(both.find(imitator.id)?.roles, ['employee'])
})

test('a provider that is not configured signs nobody in', async () => {
  const { people } = await openRoom()
  await assert.rejects(people.signIn(claims('s1', 'a@example.com', { issuer: second })), /not one of the/)
})
