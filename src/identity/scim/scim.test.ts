import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestBrowser, signIn } from '../test-browser.ts'
import { newFolder, removeFolder } from '../test-server.ts'
import { openTestRoom, type Sent, type TestRoom } from './test-directory.ts'

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

describe('what one directory can and cannot do', () => {
  let room: TestRoom
  let folder: string
  before(async () => {
    folder = await newFolder()
    room = await openTestRoom('none', folder)
  })
  after(async () => {
    await room.close()
    await removeFolder(folder)
  })

  const post = (path: string, body: object): Promise<Sent> =>
    room.send({ method: 'POST', path, body: JSON.stringify(body) })
  const patch = (path: string, op: object, headers = {}): Promise<Sent> =>
    room.send({
      method: 'PATCH',
      path,
      body: JSON.stringify({ schemas: [patchUrn], Operations: [op] }),
      headers,
    })
  const user = async (userName: string, more = {}): Promise<string> => {
    const made = await post('/Users', { userName, ...more })
    assert.equal(made.status, 201, JSON.stringify(made.json))
    return made.json.id
  }
  const people = (text: string) => room.identity.accounts.list({ text }).people

  test('nobody becomes an owner: not by roles, not by a group of that name, not by an address', async () => {
    const refused = await post('/Users', { userName: 'mallory@example.com', roles: [{ value: 'owner' }] })
    assert.deepEqual([refused.status, refused.json.scimType], [400, 'mutability'])
    const id = await user('mallory@example.com')
    await post('/Groups', { displayName: 'owner', externalId: 'owner', members: [{ value: id }] })
    assert.deepEqual(people('mallory')[0]?.roles, ['employee'])
    // The address of an owner, taken over before the owner has ever signed in.
    await patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: 'chief@example.com' })
    assert.deepEqual(people('chief@')[0]?.roles, ['employee'])
    const gone = people('mallory')[0]
    assert.deepEqual([gone?.state, gone?.groups], ['ended', []], 'who the user no longer is has nothing left')
    assert.deepEqual(
      people('chief@')[0]?.groups.map((group) => group.name),
      ['owner'],
    )
  })

  test('whoever has signed in stays who they are when the directory changes the address', async () => {
    const { url, identity } = room
    const password = identity.signInHelp().join(' ').split(' ').at(-1) as string
    const answer = await signIn(createTestBrowser(), url, { email: 'emil@example.com', password })
    assert.equal(answer.status, 302)
    const [emil] = people('emil@')
    const id = await user('emil@example.com')
    await patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: 'chief2@example.com' })
    assert.equal(people('chief2@').length, 0)
    await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
    assert.deepEqual([people('emil@')[0]?.id, people('emil@')[0]?.state], [emil?.id, 'ended'])
    // The address is given to somebody else; whoever had it before gets nothing back by that.
    await room.send({ method: 'DELETE', path: `/Users/${id}` })
    await user('emil@example.com')
    assert.deepEqual(
      people('emil@')
        .map(({ state }) => state)
        .sort(),
      ['ended', 'pending'],
    )
  })

  test('a denial never ends because its group goes or is called something else', async () => {
    const id = await user('dena@example.com')
    const made = await post('/Groups', { displayName: 'Suspended', members: [{ value: id }] })
    const path = `/Groups/${made.json.id}`
    const denial = (await room.identity.accessHandlers['access.deny']({
      by: 'command-line:test',
      asked: { group: `okta:${made.json.id}`, what: 'role', target: 'security', reason: 'Incident 12.' },
    })) as { readonly id: string }
    const isDenied = () =>
      people('dena')[0]?.groups.some((group: { readonly id: string }) => group.id === `okta:${made.json.id}`)
    const gone = await room.send({ method: 'DELETE', path })
    assert.deepEqual([gone.status, gone.json.status], [409, '409'])
    assert.match(gone.json.detail, /End the denial there first: bin\/sallyport access list/)
    const named = await patch(path, { op: 'add', path: 'externalId', value: 's-1' })
    assert.equal(named.status, 409)
    assert.equal((await patch(path, { op: 'replace', path: 'displayName', value: 'Locked' })).status, 204)
    assert.equal(isDenied(), true)
    await room.identity.accessHandlers['access.end']({
      by: 'command-line:test',
      id: denial.id,
      asked: { reason: 'Cleared.' },
    })
    assert.equal((await room.send({ method: 'DELETE', path })).status, 204)
    assert.equal(isDenied(), false)
  })

  test('a denial for a group whose directory is taken out of the settings is told at start', async () => {
    const folder = await newFolder()
    const first = await openTestRoom('none', folder, 'west')
    await first.identity.accessHandlers['access.deny']({
      by: 'command-line:test',
      asked: { group: 'west:s-1', what: 'role', target: 'security', reason: 'Incident 12.' },
    })
    assert.deepEqual(first.identity.problems(), [])
    await first.close()
    const second = await openTestRoom('none', folder, 'east')
    assert.match(second.identity.problems().join(), /is for west:s-1, and no sign-in provider or directory/)
    await second.close()
    await removeFolder(folder)
  })

  test('a group is named by the id of the directory, which cannot slide to another group', async () => {
    const id = await user('gita@example.com')
    const made = await post('/Groups', {
      displayName: 'Finance',
      externalId: 'f-1',
      members: [{ value: id }],
    })
    assert.deepEqual(people('gita')[0]?.groups, [{ id: 'okta:f-1', name: 'Finance' }])
    const path = `/Groups/${made.json.id}`
    assert.equal(
      (await patch(path, { op: 'replace', path: 'externalId', value: 'f-2' })).json.scimType,
      'mutability',
    )
    assert.equal(
      (await post('/Groups', { displayName: 'Two', externalId: 'f-1' })).json.scimType,
      'uniqueness',
    )
    assert.equal((await post('/Groups', { displayName: 'Two', externalId: made.json.id })).status, 409)
    assert.equal((await post('/Groups', { displayName: 'FINANCE' })).json.scimType, 'uniqueness')
    const nested = { op: 'add', path: 'members', value: [{ value: made.json.id, type: 'Group' }] }
    assert.equal((await patch(path, nested)).json.scimType, 'invalidValue')
    const unknown = { op: 'add', path: 'members', value: [{ value: 'user_of_nobody' }] }
    assert.equal((await patch(path, unknown)).json.scimType, 'invalidValue')
    const put = await room.send({
      method: 'PUT',
      path,
      body: JSON.stringify({ displayName: 'Money', members: [] }),
    })
    assert.deepEqual([put.status, put.json.externalId, put.json.members], [200, 'f-1', []])
    assert.deepEqual(people('gita')[0]?.groups, [])
  })

  test('a version that was read is asked for with If-Match, and what has changed meanwhile is not overwritten', async () => {
    const id = await user('vera@example.com')
    const read = await room.send({ path: `/Users/${id}` })
    assert.deepEqual([read.headers.get('etag'), read.json.meta.version], ['W/"1"', 'W/"1"'])
    const unchanged = await room.send({ path: `/Users/${id}`, headers: { 'if-none-match': 'W/"1"' } })
    assert.deepEqual([unchanged.status, unchanged.bytes], [304, 0])
    const title = (value: string) => ({ op: 'replace', path: 'title', value })
    assert.equal(
      (await patch(`/Users/${id}`, title('a'), { 'if-match': 'W/"1"' })).json.meta.version,
      'W/"2"',
    )
    assert.equal((await patch(`/Users/${id}`, title('b'), { 'if-match': 'W/"1"' })).status, 412)
    const written = room.entries.length
    assert.equal(
      (await patch(`/Users/${id}`, title('a'))).json.meta.version,
      'W/"2"',
      'the same is no change',
    )
    assert.equal(room.entries.length, written)
  })

  test('a question that is wrong leaves no change behind, and a body that is too large is told', async () => {
    const before = (await room.send({ path: '/Users?count=0' })).json.totalResults
    const names = Array.from({ length: 51 }, () => 'userName').join(',')
    const asked = await post(`/Users?attributes=${names}`, { userName: 'wanda@example.com' })
    assert.deepEqual([asked.status, asked.json.scimType], [400, 'invalidValue'])
    assert.equal((await room.send({ path: '/Users?count=0' })).json.totalResults, before)
    const large = await post('/Users', {
      userName: 'wanda@example.com',
      nickName: 'x'.repeat(9 * 1_024 * 1_024),
    })
    assert.deepEqual(
      [large.status, large.json.status, large.headers.get('connection')],
      [413, '413', 'close'],
    )
  })

  test('a list has pages, shows what was asked for, and says how many there are', async () => {
    const all = (await room.send({ path: '/Users' })).json
    const page = (await room.send({ path: '/Users?startIndex=2&count=2&attributes=userName,name.givenName' }))
      .json
    assert.deepEqual([page.totalResults, page.startIndex, page.itemsPerPage], [all.totalResults, 2, 2])
    assert.deepEqual(
      page.Resources.map(({ id }: { id: string }) => id),
      all.Resources.slice(1, 3).map(({ id }: { id: string }) => id),
    )
    assert.deepEqual(Object.keys(page.Resources[0]).sort(), ['id', 'schemas', 'userName'])
    assert.deepEqual((await room.send({ path: '/Users?count=0' })).json.Resources, [])
    const bad = await room.send({ path: `/Users?filter=${encodeURIComponent('shoeSize eq "44"')}` })
    assert.deepEqual([bad.status, bad.json.scimType], [400, 'invalidFilter'])
  })

  test('what is offered is said, and what is not offered is refused as such', async () => {
    const { json } = await room.send({ path: '/ServiceProviderConfig' })
    assert.deepEqual(
      [
        json.patch.supported,
        json.bulk.supported,
        json.sort.supported,
        json.etag.supported,
        json.filter.maxResults,
      ],
      [true, false, false, true, 500],
    )
    assert.equal((await post('/Bulk', {})).status, 501)
    assert.equal((await room.send({ path: '/Me' })).status, 501)
    assert.equal((await room.send({ path: '/ResourceTypes/User' })).json.endpoint, '/Users')
    const schema = await room.send({ path: '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User' })
    const userName = schema.json.attributes.find(({ name }: { name: string }) => name === 'userName')
    assert.deepEqual([userName.uniqueness, userName.required, userName.caseExact], ['server', true, false])
  })

  test('everything is there again after a start, and the groups of a directory that is no longer configured are not', async () => {
    const before = await room.send({ path: '/Users?count=500' })
    const groups = await room.send({ path: '/Groups?count=500' })
    await room.close()
    room = await openTestRoom('none', folder)
    const again = async (path: string) =>
      JSON.stringify((await room.send({ path })).json).replaceAll(room.url, '')
    const old = (sent: Sent): string => JSON.stringify(sent.json).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '')
    assert.equal(await again('/Users?count=500'), old(before))
    assert.equal(await again('/Groups?count=500'), old(groups))
    assert.equal(people('chief@')[0]?.groups.length, 1)
    await room.close()
    room = await openTestRoom('none', folder, 'entra')
    assert.deepEqual(people('chief@')[0]?.groups, [])
    assert.equal((await room.send({ path: '/Users' })).json.totalResults, 0)
  })
})

test('wrong tokens are refused alike, reach the log so often a minute, and never lock the right one out', async () => {
  const room = await openTestRoom()
  try {
    const statuses: number[] = []
    for (let tries = 0; tries < 40; tries++)
      statuses.push(
        (await fetch(`${room.url}/scim/v2/Users`, { headers: { authorization: `Bearer x${tries}` } })).status,
      )
    assert.deepEqual(new Set(statuses), new Set([401]))
    assert.equal(room.entries.filter(({ kind }) => kind === 'sign-in-failed').length, 30)
    assert.equal((await room.send({ path: '/Users' })).status, 200)
  } finally {
    await room.close()
  }
})

test('a directory that wants to end half of everybody is held back until somebody decides', async () => {
  const room = await openTestRoom('externalId')
  try {
    const ids: string[] = []
    for (let at = 0; at < 14; at++) {
      const body = JSON.stringify({ userName: `p${at}@example.com`, externalId: `e${at}` })
      ids.push((await room.send({ method: 'POST', path: '/Users', body })).json.id)
    }
    const end = (id: string) => room.send({ method: 'DELETE', path: `/Users/${id}` })
    const statuses: number[] = []
    for (const id of ids.slice(0, 7)) statuses.push((await end(id)).status)
    assert.deepEqual(statuses, [204, 204, 204, 204, 204, 503, 503])
    assert.deepEqual(room.identity.scim.paused(), ['okta'])
    const waits = await end(ids[6] as string)
    assert.deepEqual([waits.headers.get('retry-after'), waits.json.status], ['1800', '503'])
    const body = JSON.stringify({ userName: 'new@example.com', externalId: 'e99' })
    assert.equal((await room.send({ method: 'POST', path: '/Users', body })).status, 201, 'the rest goes on')
    const [status] = room.identity.scim.status()
    assert.deepEqual([status?.waiting, status?.waitingPeople[0]?.userName], [2, 'p5@example.com'])
    await room.identity.scim.resume({ client: 'okta', by: 'person_1' })
    for (const id of ids.slice(5)) assert.equal((await end(id)).status, 204)
    const kinds = room.entries.map(({ kind }) => kind)
    assert.equal(kinds.filter((kind) => kind === 'scim-paused').length, 1)
    assert.ok(room.entries.some(({ kind, facts }) => kind === 'scim-resumed' && facts.about === 'person_1'))
  } finally {
    await room.close()
  }
})

test('whoever comes back under the id of the directory gets back what it took, and nothing an operator took', async () => {
  const room = await openTestRoom('externalId')
  try {
    const body = JSON.stringify({ userName: 'rita@example.com', externalId: 'r-1' })
    const make = async (): Promise<string> =>
      (await room.send({ method: 'POST', path: '/Users', body })).json.id
    const state = () => room.identity.accounts.list({ text: 'rita' }).people.map((person) => person.state)
    const first = await make()
    const { id } = room.identity.accounts.list({ text: 'rita' }).people[0] as { id: string }
    await room.send({ method: 'DELETE', path: `/Users/${first}` })
    assert.deepEqual(state(), ['ended'])
    const second = await make()
    assert.deepEqual(state(), ['pending'])
    await room.identity.accounts.end({ id, by: 'command-line:ops', reason: 'incident' })
    await room.send({ method: 'DELETE', path: `/Users/${second}` })
    const third = await make()
    assert.deepEqual(state(), ['ended'])
    const off = JSON.stringify({ Operations: [{ op: 'replace', path: 'active', value: false }] })
    await room.send({ method: 'PATCH', path: `/Users/${third}`, body: off })
    await assert.rejects(room.identity.accounts.restore({ id, by: 'command-line:ops', reason: 'cleared' }), {
      code: 'directory-inactive',
    })
  } finally {
    await room.close()
  }
})

test('whom an operator ends after a directory did stays ended when the directory says active again, also after a start', async () => {
  const folder = await newFolder()
  let room = await openTestRoom('externalId', folder)
  try {
    const body = JSON.stringify({ userName: 'rita@example.com', externalId: 'r-1' })
    const set = (value: boolean) => JSON.stringify({ Operations: [{ op: 'replace', path: 'active', value }] })
    const user = (await room.send({ method: 'POST', path: '/Users', body })).json.id
    const { id } = room.identity.accounts.list({ text: 'rita' }).people[0] as { id: string }
    const state = () => room.identity.accounts.list({ text: 'rita' }).people[0]?.state
    await room.send({ method: 'PATCH', path: `/Users/${user}`, body: set(false) })
    await room.identity.accounts.end({ id, by: 'command-line:ops', reason: 'incident' })
    assert.equal(room.entries.at(-1)?.facts.about, 'command-line:ops')
    await room.close()
    room = await openTestRoom('externalId', folder)
    await room.send({ method: 'PATCH', path: `/Users/${user}`, body: set(true) })
    assert.equal(state(), 'ended')
  } finally {
    await room.close()
    await removeFolder(folder)
  }
})

test('a sign-in under the subject of a directory is that user, and refused when the directory says so', async () => {
  const room = await openTestRoom('externalId')
  try {
    const { url, identity } = room
    // Named by an address nobody signs in with, so that only the subject tells who it is.
    const other = {
      email: 'e.other@example.com',
      useCase: undefined,
      expiresInDays: 1,
      label: undefined,
      by: 'test',
    }
    await identity.createKey(other)
    const body = JSON.stringify({ userName: 'e.other@example.com', externalId: 'emil@example.com' })
    const { id } = (await room.send({ method: 'POST', path: '/Users', body })).json
    const group = JSON.stringify({ displayName: 'Harbour', externalId: 'h', members: [{ value: id }] })
    assert.equal((await room.send({ method: 'POST', path: '/Groups', body: group })).status, 201)
    const password = identity.signInHelp().join(' ').split(' ').at(-1) as string
    const enter = () => signIn(createTestBrowser(), url, { email: 'emil@example.com', password })
    const people = (text: string) => identity.accounts.list({ text }).people
    assert.equal((await enter()).status, 302)
    assert.deepEqual(people('emil@')[0]?.groups, [{ id: 'okta:h', name: 'Harbour' }])
    assert.deepEqual([people('e.other')[0]?.state, people('e.other')[0]?.groups], ['ended', []])

    await room.send({
      method: 'PATCH',
      path: `/Users/${id}`,
      body: JSON.stringify({ Operations: [{ op: 'replace', path: 'active', value: false }] }),
    })
    assert.equal(people('emil@')[0]?.state, 'ended')
    const refused = await enter()
    assert.equal(refused.headers.get('set-cookie')?.includes('sallyport_session') ?? false, false)
    assert.match(await refused.text(), /account has been ended/)
  } finally {
    await room.close()
  }
})

test('a subject the directory has taken away before anybody signed in with it does not get in', async () => {
  const room = await openTestRoom('externalId')
  try {
    const other = {
      email: 'e.other@example.com',
      useCase: undefined,
      expiresInDays: 1,
      label: undefined,
      by: 'test',
    }
    await room.identity.createKey(other)
    const body = JSON.stringify({
      userName: 'e.other@example.com',
      externalId: 'emil@example.com',
      active: false,
    })
    assert.equal((await room.send({ method: 'POST', path: '/Users', body })).status, 201)
    const password = room.identity.signInHelp().join(' ').split(' ').at(-1) as string
    const answer = await signIn(createTestBrowser(), room.url, { email: 'emil@example.com', password })
    assert.match(await answer.text(), /account has been ended/)
    assert.deepEqual(
      room.identity.accounts.list({ text: 'emil@' }).people.map(({ state }) => state),
      ['ended'],
    )
  } finally {
    await room.close()
  }
})
