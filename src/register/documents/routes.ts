import { personIn, type Route, route } from '#/core/http/route.ts'
import { readWith } from '#/core/http/router.ts'
import type { Role } from '#/core/role.ts'
import { coverageShape } from './asked.ts'
import type { Documents } from './documents.ts'

type Roles = readonly [Role, ...Role[]]

/** Everybody who signed in reads the documents and the guide; what acted how often is for those who see the register. */
export const documentRoutes = (
  documents: Documents,
  { readers, writers }: { readonly readers: Roles; readonly writers: Roles },
): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/policy-documents',
    need: 'person',
    reads: 'nothing',
    handle: () => ({ json: { documents: documents.readable() } }),
  }),
  route({
    method: 'GET',
    path: '/api/policy-guide',
    need: 'person',
    reads: 'nothing',
    handle: async () => ({ json: await documents.guide() }),
  }),
  route({
    method: 'GET',
    path: '/api/policy-coverage',
    need: readers,
    reads: 'nothing',
    handle: async ({ url }) => ({
      json: await documents.coverage(readWith(coverageShape, Object.fromEntries(url.searchParams))),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/policy-documents/acceptable-use',
    need: writers,
    reads: 'nothing',
    handle: async (asked) => {
      const { id, email } = personIn(asked)
      return { status: 201, json: await documents.proposeAcceptableUse({ id, name: email }) }
    },
  }),
]
