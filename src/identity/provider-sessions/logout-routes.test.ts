import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { Asked, Reply } from '#/core/http/route.ts'
import { identityMigrations } from '../migrations/index.ts'
import { createUsedTokenStore } from '../workload/store.ts'
import { openUsedTokens } from '../workload/used-tokens.ts'
import { backChannelPath } from './logout-paths.ts'
import { type LogoutRouteServices, logoutRoutes } from './logout-routes.ts'

const issuer = 'https://id.example.com/'
const coded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const clock = { now: () => 1_790_000_000_000, monotonic: () => 0 }

/** A provider that signs Ada out with a token of this id, whatever the token says. */
function open(usedTokens: LogoutRouteServices['usedTokens'], end: (ids: readonly string[]) => void) {
  const living = new Set(['from-the-provider', 'from-before'])
  const id = { iss: issuer, jti: 'jti-1', exp: 1_790_000_300 }
  const services = {
    partyOfIssuer: () => ({
      provider: { id: 'oidc', shape: 'oidc', people: new Set() },
      readLogoutToken: async () => ({ issuer, subject: 'ada', sid: undefined, id }),
    }),
    providerSessions: { idsOf: () => ['from-the-provider'] },
    people: { records: () => [{ id: 'person-ada', issuer, subject: 'ada' }] },
    sessions: {
      list: (person: string) => (person === 'person-ada' ? [...living].map((each) => ({ id: each })) : []),
      // As `sessions.ts` does: first in memory, then in the log.
      end: async (ids: readonly string[]) => {
        for (const each of ids) living.delete(each)
        end(ids)
      },
    },
    usedTokens,
    isTooMany: () => false,
    writeFailure: async () => undefined,
    onError: () => undefined,
  } as unknown as LogoutRouteServices
  const body = `logout_token=${coded({ alg: 'none' })}.${coded({ iss: issuer })}.`
  const send = async (): Promise<number | undefined> => {
    const request = Object.assign(Readable.from([Buffer.from(body)]), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      socket: {},
      complete: true,
    })
    const asked = { request } as unknown as Asked<unknown>
    const route = logoutRoutes(services).find(({ path }) => path === backChannelPath)
    if (route === undefined) assert.fail('no such route')
    return ((await route.handle(asked as never)) as Reply).status
  }
  return { living, send }
}

async function openUsed() {
  const database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  const store = createUsedTokenStore(database, 'used_logout_token')
  return { store, reopen: () => openUsedTokens(store, clock), close: () => database.close() }
}

test('every session of a person ends before the log is asked for anything, and a token it failed for may come again', async () => {
  const used = await openUsed()
  let isFull = true
  const { living, send } = open(await used.reopen(), () => {
    if (isFull) throw new Error('the log takes nothing now')
  })
  assert.equal(await send(), 400)
  assert.deepEqual([...living], [])
  isFull = false
  assert.equal(await send(), 200)
  assert.equal(await send(), 400)
  await used.close()
})

test('a logout token counts once, also after a restart, and at the same moment', async () => {
  const used = await openUsed()
  const ended: (readonly string[])[] = []
  const first = open(await used.reopen(), (ids) => void ended.push(ids))
  assert.deepEqual((await Promise.all([first.send(), first.send()])).sort(), [200, 400])
  const again = open(await used.reopen(), (ids) => void ended.push(ids))
  assert.equal(await again.send(), 400)
  assert.equal(again.living.size, 2, 'who signed in anew stays')
  assert.equal(ended.length, 1)
  await used.close()
})
