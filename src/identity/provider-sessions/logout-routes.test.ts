import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import type { Asked } from '#/core/http/route.ts'
import { backChannelPath } from './logout-paths.ts'
import { type LogoutRouteServices, logoutRoutes } from './logout-routes.ts'

const coded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test('every session of a person ends before the log is asked for anything, since the same token is not taken twice', async () => {
  const living = new Set(['from-the-provider', 'from-before'])
  const issuer = 'https://id.example.com/'
  const services = {
    partyOfIssuer: () => ({
      provider: { id: 'oidc', shape: 'oidc', people: new Set() },
      readLogoutToken: async () => ({ issuer, subject: 'ada', sid: undefined }),
    }),
    providerSessions: { idsOf: () => ['from-the-provider'] },
    people: { records: () => [{ id: 'person-ada', issuer, subject: 'ada' }] },
    sessions: {
      list: (person: string) => (person === 'person-ada' ? [...living].map((id) => ({ id })) : []),
      // As `sessions.ts` does: first in memory, then in the log, which takes nothing now.
      end: async (ids: readonly string[]) => {
        for (const id of ids) living.delete(id)
        throw new Error('the log takes nothing now')
      },
    },
    isTooMany: () => false,
    writeFailure: async () => undefined,
    onError: () => undefined,
  } as unknown as LogoutRouteServices
  const body = `logout_token=${coded({ alg: 'none' })}.${coded({ iss: issuer })}.`
  const request = Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    socket: {},
    complete: true,
  })
  const routes = logoutRoutes(services)
  const asked = { request } as unknown as Asked<unknown>
  await routes.find(({ path }) => path === backChannelPath)?.handle(asked as never)
  assert.deepEqual([...living], [])
})
