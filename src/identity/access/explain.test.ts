import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Person, type Role, roles } from '#/core/role.ts'
import type { Denied, ExchangeFacts, RuleSlice } from '#/policy/api.ts'
import { decide } from '#/policy/decide.ts'
import { nobody, offering, useCase } from '#/policy/test-values.ts'
import { isOpenTo } from '#/policy/use-case.ts'
import type { Grant } from './api.ts'
import {
  type AccessWorld,
  explainOffering,
  explainPerson,
  explainReach,
  explainUseCase,
  wayText,
} from './explain.ts'

const nowMs = Date.UTC(2026, 10, 25)

const person = (id: string, held: readonly Role[], groups: readonly string[] = []): Person => ({
  id,
  issuer: 'https://id.example.com',
  subject: id,
  email: `${id}@example.com`,
  name: id,
  roles: ['employee', ...held],
  groups,
})

const grant = (more: Partial<Grant>): Grant => ({
  id: 'grant_1',
  effect: 'allow',
  what: 'use-case',
  target: 'drafts',
  person: 'ada',
  group: undefined,
  reason: 'a reason',
  by: 'olivia',
  atMs: nowMs - 1_000,
  untilMs: nowMs + 1_000,
  ...more,
})

const worldOf = (
  slice: Partial<RuleSlice>,
  people: readonly Person[],
  grants: readonly Grant[] = [],
): AccessWorld => ({
  slice: { rules: [], offerings: new Map(), useCases: new Map(), ...slice },
  people,
  grantsAbout: ({ id, groups }) =>
    grants.filter((each) => each.person === id || groups.includes(each.group ?? '')),
  groups: new Map([['oidc:7', { group: 'oidc:7', name: 'Marketing', roles: ['product'] }]]),
  nowMs,
})

const mapOf = <T extends { readonly id: string }>(...list: readonly T[]) =>
  new Map(list.map((each) => [each.id, each]))

test('the chain goes from the person over group and role to the use case and the offering', async () => {
  const ada = person('ada', ['product'], ['oidc:7'])
  const slice = {
    useCases: mapOf(useCase('drafts', { roles: ['product'], offerings: ['west'] })),
    offerings: mapOf(offering('west', 'internal')),
  }
  const reach = await explainOffering('west', worldOf(slice, [ada, person('bob', [])]))
  assert.equal(reach?.peopleTogether, 1)
  assert.deepEqual(
    reach?.people.map(({ email, ways }) => [email, ways.map(wayText)]),
    [
      [
        'ada@example.com',
        [
          'ada@example.com -> group Marketing -> role product -> use case Use case drafts -> offering Offering west',
        ],
      ],
    ],
  )
})

test('what a person reaches says every way, until when, and why not the rest', () => {
  const ada = person('ada', ['owner'])
  const slice = {
    useCases: mapOf(
      useCase('drafts', { roles: [], people: ['ada'], grants: new Map([['ada', nowMs + 1_000]]) }),
      useCase('finance', { roles: ['legal'] }),
      useCase('people', { deny: { ...nobody, people: ['ada'] } }),
      useCase('old', { untilMs: nowMs }),
    ),
  }
  const { useCases, roles: held } = explainPerson(ada, worldOf(slice, [ada], [grant({})]))
  assert.deepEqual(
    useCases.map(({ id, isOpen, why }) => [id, isOpen, why]),
    [
      [
        'drafts',
        true,
        'Open: ada@example.com -> named in the record -> use case Use case drafts, and 1 more.',
      ],
      ['finance', false, 'Nothing lets this person in: what is not given is denied.'],
      ['people', false, 'Denied: ada@example.com -> denied by the record. A denial wins over every way in.'],
      ['old', false, 'Its approval has ended.'],
    ],
  )
  assert.match(
    wayText(useCases[0]?.ways[1] ?? []),
    /^ada@example.com -> grant grant_1 \(until 2026-11-25T00:00:01\.000Z\) -> use case/,
  )
  assert.deepEqual(
    held.map(({ role, ways }) => [role, ways.map(wayText)]),
    [
      ['employee', ['ada@example.com -> role employee']],
      ['owner', ['ada@example.com -> named in the settings -> role owner']],
    ],
  )
})

test('who is kept out is shown with what keeps them out, and who was never let in is not', async () => {
  const [ada, bob, eve] = [person('ada', [], ['scim:9']), person('bob', []), person('eve', ['legal'])]
  const slice = {
    useCases: mapOf(
      useCase('drafts', { roles: ['employee'], deny: { ...nobody, groups: ['scim:9'], roles: ['legal'] } }),
      useCase('finance', { roles: [] }),
    ),
  }
  const denial = grant({ effect: 'deny', person: undefined, group: 'scim:9', untilMs: undefined })
  const world = worldOf(slice, [ada, bob, eve], [denial])
  const reach = await explainReach('drafts', world)
  assert.deepEqual(
    reach?.people.map(({ email }) => email),
    ['bob@example.com'],
  )
  assert.deepEqual(
    reach?.denied.map(({ email, denials }) => [email, denials.map(wayText)]),
    [
      ['ada@example.com', ['ada@example.com -> group scim:9 -> denied by grant_1']],
      ['eve@example.com', ['eve@example.com -> role legal -> denied by the record']],
    ],
  )
  assert.deepEqual(
    [(await explainReach('finance', world))?.deniedTogether, await explainReach('nothing', world)],
    [0, undefined],
  )
})

test('in random worlds it agrees with what an exchange is decided by', async () => {
  const random = seeded(20_261_125)
  let open = 0
  for (let round = 0; round < 400; round++) {
    const world = randomWorld(random)
    for (const one of world.people) {
      const asker = { roles: one.roles, personId: one.id, groups: one.groups }
      for (const each of world.slice.useCases.values()) {
        const explained = explainUseCase(one, each, world)
        assert.equal(explained.isOpen, isOpenTo(each, asker, nowMs), `${round} ${one.id} ${each.id}`)
        for (const id of world.slice.offerings.keys()) {
          const mayGo = goes(() =>
            decide(factsOf(one, each.id, id, world.slice.offerings.keys()), world.slice, nowMs),
          )
          const told = explained.offerings.find((known) => known.id === id)
          assert.equal(
            explained.isOpen && told !== undefined && !told.isDenied,
            mayGo,
            `${round} ${one.id} ${id}`,
          )
          if (mayGo) {
            open++
            const reach = await explainOffering(id, world)
            assert.ok(reach?.people.some(({ email, ways }) => email === one.email && ways.length > 0))
          }
        }
      }
      for (const id of world.slice.offerings.keys()) {
        const isAnyway = [...world.slice.useCases.values()].some((each) =>
          goes(() => decide(factsOf(one, each.id, id, world.slice.offerings.keys()), world.slice, nowMs)),
        )
        const reach = await explainOffering(id, world)
        assert.equal(reach?.people.some(({ email }) => email === one.email) ?? false, isAnyway)
      }
    }
  }
  // A world in which nothing is ever open would agree, too.
  assert.ok(open > 200, `${open} open`)
})

function goes(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (error) {
    assert.ok(['use-case-unknown', 'model-unknown'].includes((error as { code: string }).code), String(error))
    return false
  }
}

const factsOf = (
  { roles: held, id, groups }: Person,
  askedUseCase: string,
  askedModel: string,
  reachable: Iterable<string>,
): ExchangeFacts => ({
  roles: held,
  personId: id,
  groups,
  keyUseCase: undefined,
  askedUseCase,
  askedModel,
  declaredClass: undefined,
  wantsMask: false,
  reachable: new Set(reachable),
  findings: [],
  unread: [],
})

/** mulberry32: small, and the same worlds every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function randomWorld(random: () => number): AccessWorld {
  const some = <T>(list: readonly T[], share: number): T[] => list.filter(() => random() < share)
  const groups = ['oidc:1', 'oidc:2', 'scim:1']
  const ids = ['ada', 'bob']
  const names = ['west', 'own']
  const someRoles = (share: number): Role[] => some(['legal', 'product', 'auditor'] satisfies Role[], share)
  const ends = (): number | undefined => (random() < 0.3 ? nowMs : random() < 0.5 ? undefined : nowMs + 1)
  const people = ids.map((id) => person(id, someRoles(0.4), some(groups, 0.4)))
  const grants = Array.from({ length: Math.floor(random() * 6) }, (_, index): Grant => {
    const effect = random() < 0.5 ? 'allow' : 'deny'
    const isForGroup = effect === 'deny' && random() < 0.5
    const isOffering = effect === 'deny' && random() < 0.4
    return grant({
      id: `grant_${index}`,
      effect,
      what: isOffering ? 'offering' : 'use-case',
      target: isOffering ? (some(names, 0.6)[0] ?? 'west') : random() < 0.5 ? 'a' : 'b',
      person: isForGroup ? undefined : (some(ids, 0.5)[0] ?? 'bob'),
      group: isForGroup ? (some(groups, 0.5)[0] ?? 'scim:1') : undefined,
      untilMs: effect === 'allow' ? (ends() ?? nowMs + 5) : ends(),
    })
  })
  // As `compileSnapshot` puts grants and denials into what serves.
  const inForce = grants.filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs)
  const made = (what: Grant['what'], id: string): Denied => {
    const denials = inForce.filter(
      (each) => each.effect === 'deny' && each.what === what && each.target === id,
    )
    return {
      roles: what === 'use-case' ? someRoles(0.1) : [],
      people: [
        ...denials.flatMap((each) => each.person ?? []),
        ...(what === 'use-case' ? some(ids, 0.1) : []),
      ],
      groups: [
        ...denials.flatMap((each) => each.group ?? []),
        ...(what === 'use-case' ? some(groups, 0.1) : []),
      ],
    }
  }
  return worldOf(
    {
      useCases: mapOf(
        ...['a', 'b'].map((id) =>
          useCase(id, {
            roles: random() < 0.2 ? ['employee'] : someRoles(0.2),
            people: some(ids, 0.2),
            groups: some(groups, 0.2),
            grants: new Map(
              inForce
                .filter((each) => each.effect === 'allow' && each.target === id)
                .map((each) => [each.person ?? '', each.untilMs ?? 0]),
            ),
            deny: made('use-case', id),
            offerings: some(names, 0.7),
            untilMs: random() < 0.1 ? nowMs : undefined,
          }),
        ),
      ),
      offerings: mapOf(
        ...names.map((id) =>
          offering(id, 'restricted', {
            deny: made('offering', id),
            untilMs: random() < 0.1 ? nowMs : undefined,
          }),
        ),
      ),
    },
    people,
    grants,
  )
}

test('every role there is can be explained', () => {
  const everything = person(
    'ada',
    roles.filter((role) => role !== 'employee'),
  )
  const { roles: explained } = explainPerson(everything, worldOf({}, [everything]))
  assert.deepEqual(
    explained.map(({ role }) => role),
    roles,
  )
  assert.ok(explained.every(({ ways }) => ways.length > 0))
})
