import type { IncomingMessage } from 'node:http'
import { type Route, route } from '#/core/http/route.ts'
import type { Caller } from '#/core/role.ts'

/** Whose token or key this is, for tools that show it: the words of OpenID Connect Core, section 5.3. */
export const whoamiRoute = (identify: (request: IncomingMessage) => Promise<Caller> | Caller): Route =>
  route({
    method: 'GET',
    path: '/oauth/userinfo',
    need: 'caller',
    reads: 'nothing',
    handle: async ({ request }) => {
      const { person, keyId } = await identify(request)
      return { json: { sub: person.id, email: person.email, name: person.name, key: keyId ?? null } }
    },
  })
