import type { Reply } from '#/core/http/route.ts'
import { listGroups } from './list.ts'
import { readOperations } from './operations.ts'
import { type GroupBody, patchGroup, readGroupBody } from './patch-group.ts'
import { isWanted, project, readQuery, readWants } from './query.ts'
import type { ScimGroup } from './records.ts'
import { assertVersion, idOf, isUnchanged, json, type ScimAsked, type ScimRoute } from './route-parts.ts'
import { groupShape } from './schema.ts'
import { ScimError } from './scim-error.ts'
import { etagOf, showGroup } from './show.ts'

export const groupRoutes: readonly ScimRoute[] = [
  [
    'GET',
    '/Groups',
    ({ directory, base, url }) =>
      json(listGroups(directory.people, readQuery(url.searchParams, groupShape), base)),
  ],
  [
    'POST',
    '/Groups',
    async (asked) => {
      const reply = replyTo(asked)
      const group = await asked.directory.createGroup(readGroupBody(await asked.body()))
      return reply(group, { status: 201, headers: { location: `${asked.base}/Groups/${group.id}` } })
    },
  ],
  [
    'GET',
    '/Groups/:id',
    (asked) => {
      const group = asked.directory.people.groups.get(idOf(asked.parameters))
      if (group === undefined) throw new ScimError(404, 'There is no such group.')
      return isUnchanged(asked.request, etagOf(group))
        ? { status: 304, headers: { etag: etagOf(group) } }
        : replyTo(asked)(group)
    },
  ],
  [
    'PUT',
    '/Groups/:id',
    async (asked) => {
      const reply = replyTo(asked)
      const given = readGroupBody(await asked.body())
      // Okta leaves the externalId out of a PUT; it is what mappings name, so leaving it out keeps it.
      const bodyOf = (group: ScimGroup): GroupBody => ({
        ...given,
        externalId: given.externalId ?? group.externalId,
      })
      return reply(await change(asked, bodyOf))
    },
  ],
  [
    'PATCH',
    '/Groups/:id',
    async (asked) => {
      const operations = readOperations(await asked.body())
      const group = await change(asked, (before) => patchGroup(before.id, before, operations))
      // Entra ID advises against a body: a group may have thousands of members.
      return { status: 204, headers: { etag: etagOf(group) } }
    },
  ],
  [
    'DELETE',
    '/Groups/:id',
    async ({ directory, parameters, request }) => {
      await directory.removeGroup(idOf(parameters), (group) => assertVersion(request, etagOf(group)))
      return { status: 204 }
    },
  ],
]

const change = (
  { directory, parameters, request }: ScimAsked,
  bodyOf: (group: ScimGroup) => GroupBody,
): Promise<ScimGroup> =>
  directory.changeGroup(idOf(parameters), (group) => {
    assertVersion(request, etagOf(group))
    return bodyOf(group)
  })

/** As for a user: read before anything changes. */
function replyTo({ directory, base, url }: ScimAsked): (group: ScimGroup, more?: Partial<Reply>) => Reply {
  const wants = readWants(url.searchParams, groupShape)
  return (group, more = {}) => {
    const shown = showGroup(group, directory.people, base, isWanted(wants, 'members'))
    return json(project(shown, wants), { ...more, headers: { ...more.headers, etag: etagOf(group) } })
  }
}
