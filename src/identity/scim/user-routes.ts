import type { Reply } from '#/core/http/route.ts'
import type { JsonObject } from '#/core/json.ts'
import { listUsers } from './list.ts'
import { readOperations } from './operations.ts'
import { patchUser } from './patch-user.ts'
import { project, readQuery, readWants } from './query.ts'
import { readBody } from './read-values.ts'
import type { ScimUser } from './records.ts'
import { assertVersion, idOf, isUnchanged, json, type ScimAsked, type ScimRoute } from './route-parts.ts'
import { userShape } from './schema.ts'
import { ScimError } from './scim-error.ts'
import { etagOf, showUser } from './show.ts'

export const userRoutes: readonly ScimRoute[] = [
  [
    'GET',
    '/Users',
    ({ directory, base, url }) =>
      json(listUsers(directory.people, readQuery(url.searchParams, userShape), base)),
  ],
  [
    'POST',
    '/Users',
    async (asked) => {
      const reply = replyTo(asked)
      // Who is not said to be inactive is active; whoever is made without the word has just been assigned.
      const user = await asked.directory.createUser({
        active: true,
        ...readBody(await asked.body(), userShape),
      })
      return reply(user, { status: 201, headers: { location: `${asked.base}/Users/${user.id}` } })
    },
  ],
  [
    'GET',
    '/Users/:id',
    (asked) => {
      const user = asked.directory.people.users.get(idOf(asked.parameters))
      if (user === undefined) throw new ScimError(404, 'There is no such user.')
      return isUnchanged(asked.request, etagOf(user))
        ? { status: 304, headers: { etag: etagOf(user) } }
        : replyTo(asked)(user)
    },
  ],
  [
    'PUT',
    '/Users/:id',
    async (asked) => {
      const reply = replyTo(asked)
      const given = readBody(await asked.body(), userShape)
      // Nobody gains or loses access by a word that is left out.
      const body = (user: ScimUser): JsonObject => ({ active: user.body['active'] ?? true, ...given })
      return reply(await change(asked, body))
    },
  ],
  [
    'PATCH',
    '/Users/:id',
    async (asked) => {
      const reply = replyTo(asked)
      const operations = readOperations(await asked.body())
      return reply(await change(asked, (user) => patchUser(user.id, user.body, operations)))
    },
  ],
  [
    'DELETE',
    '/Users/:id',
    async ({ directory, parameters, request }) => {
      await directory.removeUser(idOf(parameters), (user) => assertVersion(request, etagOf(user)))
      return { status: 204 }
    },
  ],
]

const change = (
  { directory, parameters, request }: ScimAsked,
  bodyOf: (user: ScimUser) => JsonObject,
): Promise<ScimUser> =>
  directory.changeUser(idOf(parameters), (user) => {
    assertVersion(request, etagOf(user))
    return bodyOf(user)
  })

/** What was asked to be shown is read before anything changes: a mistake there must not leave a change behind. */
function replyTo({ directory, base, url }: ScimAsked): (user: ScimUser, more?: Partial<Reply>) => Reply {
  const wants = readWants(url.searchParams, userShape)
  return (user, more = {}) =>
    json(project(showUser(user, directory.people, base), wants), {
      ...more,
      headers: { ...more.headers, etag: etagOf(user) },
    })
}
