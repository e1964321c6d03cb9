/** What Sallyport keeps of a person and of a group: it is said at /Schemas and read by, from this one table. */

export interface Attribute {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime'
  readonly description: string
  readonly multiValued?: true
  readonly required?: true
  /** Compared exactly; otherwise without regard to case. */
  readonly caseExact?: true
  readonly mutability?: 'readOnly' | 'immutable'
  readonly uniqueness?: 'server'
  readonly subAttributes?: readonly Attribute[]
}

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
})

const flag = (name: string, description: string): Attribute => ({ name, type: 'boolean', description })

/** Every resource has these (RFC 7643, section 3.1). */
const common: readonly Attribute[] = [
  text('id', 'Given by Sallyport; never changes.', { caseExact: true, mutability: 'readOnly' }),
  text('externalId', 'What the directory calls it.', { caseExact: true }),
  {
    name: 'meta',
    type: 'complex',
    description: 'Kept by Sallyport.',
    mutability: 'readOnly',
    subAttributes: [
      text('resourceType', 'User or Group.', { mutability: 'readOnly', caseExact: true }),
      { name: 'created', type: 'dateTime', description: 'When it was made.', mutability: 'readOnly' },
      {
        name: 'lastModified',
        type: 'dateTime',
        description: 'When it changed last.',
        mutability: 'readOnly',
      },
      text('version', 'Of this state, as an ETag.', { mutability: 'readOnly', caseExact: true }),
    ],
  },
]

const ownUserAttributes: readonly Attribute[] = [
  text('userName', 'The name of the account; one of its kind.', { required: true, uniqueness: 'server' }),
  {
    name: 'name',
    type: 'complex',
    description: 'The parts of the name.',
    subAttributes: [
      text('formatted', 'The whole name.'),
      text('familyName', 'Family name.'),
      text('givenName', 'Given name.'),
      text('middleName', 'Middle name.'),
      text('honorificPrefix', 'Title before the name.'),
      text('honorificSuffix', 'Title after the name.'),
    ],
  },
  text('displayName', 'The name to show.'),
  text('nickName', 'What the person is called.'),
  text('title', 'Job title.'),
  text('userType', 'Employee, contractor and the like.'),
  text('preferredLanguage', 'Languages in the order the person prefers them.'),
  text('locale', 'Where the person is, for formats.'),
  text('timezone', 'Time zone.'),
  flag('active', 'False ends everything this person can do here, at once.'),
  {
    name: 'emails',
    type: 'complex',
    multiValued: true,
    description: 'Addresses; the primary one is the one that counts.',
    subAttributes: [
      text('value', 'The address.'),
      text('display', 'For display.'),
      text('type', 'work, home or other.'),
      flag('primary', 'Whether it is the one that counts.'),
    ],
  },
  {
    name: 'groups',
    type: 'complex',
    multiValued: true,
    description: 'Groups of the person; changed through the groups.',
    mutability: 'readOnly',
    subAttributes: [
      text('value', 'Id of the group.', { mutability: 'readOnly', caseExact: true }),
      { name: '$ref', type: 'reference', description: 'Address of the group.', mutability: 'readOnly' },
      text('display', 'Name of the group.', { mutability: 'readOnly' }),
      text('type', 'Always direct.', { mutability: 'readOnly' }),
    ],
  },
]

const ownEnterpriseAttributes: readonly Attribute[] = [
  text('employeeNumber', 'Number of the employee.'),
  text('costCenter', 'Cost centre.'),
  text('organization', 'Organisation.'),
  text('division', 'Division.'),
  text('department', 'Department.'),
  {
    name: 'manager',
    type: 'complex',
    description: "The person's manager.",
    subAttributes: [
      text('value', 'Id of the manager.', { caseExact: true }),
      { name: '$ref', type: 'reference', description: 'Address of the manager.' },
      text('displayName', 'Name of the manager.', { mutability: 'readOnly' }),
    ],
  },
]

const ownGroupAttributes: readonly Attribute[] = [
  text('displayName', 'Name of the group; it gives nobody anything.', {
    required: true,
    uniqueness: 'server',
  }),
  {
    name: 'members',
    type: 'complex',
    multiValued: true,
    description: 'People of the group.',
    subAttributes: [
      text('value', 'Id of the person.', { caseExact: true, mutability: 'immutable' }),
      { name: '$ref', type: 'reference', description: 'Address of the person.', mutability: 'immutable' },
      text('display', 'Name of the person.', { mutability: 'readOnly' }),
      text('type', 'Always User: groups in groups are refused.', { mutability: 'immutable' }),
    ],
  },
]

/** Attributes of a kind of resource: its own, and those of its extension under the extension's name. */
export interface Shape {
  readonly urn: string
  readonly attributes: readonly Attribute[]
  readonly extension: { readonly urn: string; readonly attributes: readonly Attribute[] } | undefined
}

export const userShape: Shape = {
  urn: userUrn,
  attributes: [...common, ...ownUserAttributes],
  extension: { urn: enterpriseUrn, attributes: ownEnterpriseAttributes },
}

export const groupShape: Shape = {
  urn: groupUrn,
  attributes: [...common, ...ownGroupAttributes],
  extension: undefined,
}

/** For /Schemas: `common` belongs to every resource and is not repeated there (RFC 7643, section 3.1). */
export const schemas = [
  { id: userUrn, name: 'User', description: 'A person', attributes: ownUserAttributes },
  {
    id: enterpriseUrn,
    name: 'EnterpriseUser',
    description: 'A person at work',
    attributes: ownEnterpriseAttributes,
  },
  { id: groupUrn, name: 'Group', description: 'A group of people', attributes: ownGroupAttributes },
] as const

/**
 * Attributes of RFC 7643 that Sallyport has no use for: taken and not kept, so that the default mappings of Entra ID and
 * Okta work as they are. What is not kept cannot leak.
 */
const notKept = new Set(
  ['password', 'phoneNumbers', 'addresses', 'ims', 'photos', 'profileUrl', 'x509Certificates'].map((name) =>
    name.toLowerCase(),
  ),
)

export const isNotKept = (name: string): boolean => notKept.has(name.toLowerCase())

/** Rights are never given through SCIM; what would seem to give some is refused aloud. */
const refused = new Set(['roles', 'entitlements'])

export const isRefused = (name: string): boolean => refused.has(name.toLowerCase())

export const findAttribute = (attributes: readonly Attribute[], name: string): Attribute | undefined => {
  const wanted = name.toLowerCase()
  return attributes.find((each) => each.name.toLowerCase() === wanted)
}
