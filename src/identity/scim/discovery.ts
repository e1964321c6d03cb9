import type { JsonObject } from '#/core/json.ts'
import { listUrn } from './list.ts'
import { maxResults } from './query.ts'
import { type Attribute, enterpriseUrn, groupUrn, schemas, userUrn } from './schema.ts'

const schemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
const typeUrn = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const configUrn = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

/** RFC 7643, section 5. Bulk, sorting and passwords are not offered, and it is said. */
export const showConfig = (base: string): JsonObject => ({
  schemas: [configUrn],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'The token that stands in the settings of Sallyport under identity.scim.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
})

const types = [
  {
    id: 'User',
    endpoint: '/Users',
    schema: userUrn,
    extensions: [{ schema: enterpriseUrn, required: false }],
  },
  { id: 'Group', endpoint: '/Groups', schema: groupUrn, extensions: [] },
]

const showType = (
  { id, endpoint, schema, extensions }: (typeof types)[number],
  base: string,
): JsonObject => ({
  schemas: [typeUrn],
  id,
  name: id,
  endpoint,
  schema,
  ...(extensions.length === 0 ? {} : { schemaExtensions: extensions.map((each) => ({ ...each })) }),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${id}` },
})

const showSchema = (
  { id, name, description, attributes }: (typeof schemas)[number],
  base: string,
): JsonObject => ({
  schemas: [schemaUrn],
  id,
  name,
  description,
  attributes: attributes.map(showAttribute),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
})

/** Every characteristic is written out (RFC 7643, section 7): clients are not to know the defaults. */
const showAttribute = (attribute: Attribute): JsonObject => ({
  name: attribute.name,
  type: attribute.type,
  multiValued: attribute.multiValued === true,
  description: attribute.description,
  required: attribute.required === true,
  ...(attribute.type === 'string' ? { caseExact: attribute.caseExact === true } : {}),
  ...(attribute.type === 'reference' ? { referenceTypes: ['User', 'Group'], caseExact: true } : {}),
  mutability: attribute.mutability ?? 'readWrite',
  returned: 'default',
  uniqueness: attribute.uniqueness ?? 'none',
  ...(attribute.subAttributes === undefined
    ? {}
    : { subAttributes: attribute.subAttributes.map(showAttribute) }),
})

const list = (all: readonly JsonObject[]): JsonObject => ({
  schemas: [listUrn],
  totalResults: all.length,
  startIndex: 1,
  itemsPerPage: all.length,
  Resources: [...all],
})

export const listTypes = (base: string): JsonObject => list(types.map((each) => showType(each, base)))
export const listSchemas = (base: string): JsonObject => list(schemas.map((each) => showSchema(each, base)))

export function findType(id: string, base: string): JsonObject | undefined {
  const found = types.find((each) => each.id === id)
  return found && showType(found, base)
}

export function findSchema(id: string, base: string): JsonObject | undefined {
  const found = schemas.find((each) => each.id === id)
  return found && showSchema(found, base)
}
