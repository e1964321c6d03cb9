/** Requests nobody in their right mind sends, from a seed: near what is right, so that they get far. */

export interface FuzzRequest {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

/** Whole numbers below `below`: xorshift, so that a seed tells everything. */
export function seeded(seed: number): (below: number) => number {
  let state = seed || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const urns = [
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'urn:ietf:params:scim:schemas:core:2.0:Group',
  'urn:example:unknown:1.0:Thing',
]

const names = [
  ...[
    'userName',
    'USERNAME',
    'externalId',
    'active',
    'displayName',
    'name',
    'emails',
    'members',
    'groups',
    'id',
  ],
  ...['meta', 'schemas', 'roles', 'entitlements', 'password', 'phoneNumbers', 'title', 'manager', 'nickName'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'name.familyName',
    'emails.value',
    'members.value',
    '',
    '.',
    '$ref',
  ],
  ...urns,
  `${urns[1]}:department`,
  `${urns[1]}:manager.value`,
  `${urns[0]}:name.givenName`,
]

const paths = [
  ...names,
  ...[
    'emails[type eq "work"].value',
    'emails[type eq "work" and primary eq true]',
    'emails[',
    'emails[]',
    'emails].x',
  ],
  ...[
    'members[value eq "ID"]',
    'members[value ne "ID"]',
    'members[not (value eq "ID")]',
    'members[value pr].display',
  ],
  ...[
    'name[familyName eq "x"]',
    'emails[type co "w"].value',
    'emails[value eq "\\ud800"].value',
    'a'.repeat(2_000),
  ],
  `emails[${'('.repeat(40)}type pr${')'.repeat(40)}]`,
]

const filterParts = [
  ...[
    'userName',
    'id',
    'active',
    'emails',
    'emails.value',
    'members',
    'meta.created',
    'name',
    'nothing',
    'groups',
  ],
  ...[
    'eq',
    'ne',
    'co',
    'sw',
    'ew',
    'gt',
    'ge',
    'lt',
    'le',
    'pr',
    'xx',
    'and',
    'or',
    'not',
    'AND',
    '(',
    ')',
    '[',
    ']',
  ],
  ...[
    '"a"',
    '"a@example.com"',
    '"',
    '"\\"',
    '"\\u0000"',
    'true',
    'False',
    'null',
    '1',
    '-1e9',
    '""',
    '.value',
    '%',
    ' ',
  ],
]

const texts = [
  '',
  'a',
  'u1@example.com',
  'x@y',
  'A'.repeat(1_500),
  '\u0000',
  '\ud800',
  'ünï',
  ' ',
  'true',
  'False',
  '1',
]

/** `ids` are those of what is there now. */
export function fuzzRequest(random: (below: number) => number, ids: readonly string[]): FuzzRequest {
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T
  const id = (): string =>
    ids.length > 0 && random(12) > 0 ? pick(ids) : pick(['nobody', '..', '%00', 'a'.repeat(300)])
  const withId = (text: string): string => text.replace('ID', id())

  const value = (depth: number): unknown => {
    switch (random(depth > 3 ? 6 : 9)) {
      case 0:
        return pick(texts)
      case 1:
        return random(2) === 0
      case 2:
        return random(1_000) - 500
      case 3:
        return null
      case 4:
        return `u${random(12)}@example.com`
      case 5:
        return id()
      case 6:
        return Array.from({ length: random(4) }, () => value(depth + 1))
      case 7:
        return { value: id(), type: pick(['work', 'home', 'User', 'Group']), primary: random(2) === 0 }
      default:
        return Object.fromEntries(Array.from({ length: random(5) }, () => [pick(names), value(depth + 1)]))
    }
  }
  const user = (): object => ({
    schemas: [urns[0]],
    userName: `u${random(12)}@example.com`,
    ...(random(2) === 0 ? { externalId: `e${random(12)}` } : {}),
    ...(random(3) === 0 ? { active: pick([true, false, 'True', 'False', 'no', 1]) } : {}),
    ...Object.fromEntries(Array.from({ length: random(4) }, () => [pick(names), value(0)])),
  })
  const group = (): object => ({
    schemas: [urns[2]],
    displayName: `Group ${random(8)}`,
    ...(random(2) === 0 ? { members: Array.from({ length: random(4) }, () => ({ value: id() })) } : {}),
    ...Object.fromEntries(Array.from({ length: random(3) }, () => [pick(names), value(0)])),
  })
  const operations = (): object => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: Array.from({ length: 1 + random(3) }, () => ({
      op: pick(['add', 'Replace', 'remove', 'REPLACE', 'move', '', null]),
      ...(random(4) > 0 ? { path: random(20) === 0 ? random(9) : withId(pick(paths)) } : {}),
      ...(random(5) > 0 ? { value: value(0) } : {}),
    })),
  })
  const body = (): string => {
    const whole = JSON.stringify(pick([user, user, group, operations, operations, () => value(0)])())
    switch (random(25)) {
      case 0:
        return whole.slice(0, random(whole.length))
      case 1:
        return `${'['.repeat(500)}${']'.repeat(500)}`
      case 2:
        return ''
      default:
        return whole ?? 'null'
    }
  }
  const query = (): string => {
    const parts: string[] = []
    if (random(2) === 0) {
      const filter = Array.from({ length: 1 + random(12) }, () => withId(pick(filterParts))).join(
        pick([' ', ' ', '']),
      )
      parts.push(`filter=${encodeURIComponent(random(40) === 0 ? filter.repeat(20) : filter)}`)
    }
    if (random(3) === 0) parts.push(`startIndex=${pick(['1', '0', '-5', '99999999999', 'x', '1e3'])}`)
    if (random(3) === 0) parts.push(`count=${pick(['0', '1', '-1', '1000000', '', 'NaN'])}`)
    if (random(3) === 0)
      parts.push(
        `attributes=${encodeURIComponent(Array.from({ length: random(4) }, () => pick(names)).join(','))}`,
      )
    if (random(4) === 0) parts.push(`excludedAttributes=${encodeURIComponent(pick(names))}`)
    return parts.length === 0 ? '' : `?${parts.join('&')}`
  }
  const usual = ['GET', 'GET', 'POST', 'POST', 'PUT', 'PATCH', 'PATCH', 'PATCH', 'PATCH']
  const method = random(30) === 0 ? 'DELETE' : pick(usual)
  const target = id()
  const fitting = target.startsWith('group_') ? 'Groups' : 'Users'
  const odd = ['Users', 'Groups', 'Schemas', 'ResourceTypes', 'Bulk', 'Me', 'users', '']
  const kind = random(10) > 0 ? fitting : pick(odd)
  const isOne = method === 'POST' ? random(10) === 0 : method === 'GET' ? random(3) === 0 : random(20) > 0
  const place = isOne ? `/${kind}/${encodeURIComponent(target)}` : `/${kind}`
  return {
    method,
    path: `${place}${method === 'GET' ? query() : ''}`,
    body: method === 'GET' || method === 'DELETE' ? undefined : body(),
    headers: random(6) === 0 ? { 'if-match': pick(['W/"1"', '*', 'W/"9"', 'nonsense']) } : {},
  }
}
