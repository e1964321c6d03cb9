import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkBody } from '../read-body.ts'
import { bodies, checklist, fact } from '../test-bodies.ts'
import { ada, authorOf, openTestRegister, sam, type TestRegister, testNow } from '../test-register.ts'
import { mostDomains, toolListOf } from './tool-list.ts'

const vendor = bodies.vendor
const tool = { ...bodies.tool, domains: ['chat.west.example.com'] }
const tolerated = { ...tool, standing: 'tolerated', toleratedUntil: '2026-12-31', instead: 'the chat here' }
const unsanctioned = { ...tool, standing: 'unsanctioned', instead: 'the chat here' }

const listOf = ({ register }: TestRegister, atMs = testNow, keepOpen: readonly string[] = []) =>
  toolListOf({ tools: register.list('tool'), vendors: register.list('vendor') }, atMs, keepOpen)

const blocked = (opened: TestRegister, atMs?: number, keepOpen?: readonly string[]) =>
  listOf(opened, atMs, keepOpen).list.blocked.map(({ domain }) => domain)

const standing = (opened: TestRegister, atMs?: number) =>
  listOf(opened, atMs).list.tools.map((each) => `${each.standing}: ${each.why}`)

const propose = ({ register }: TestRegister, kind: 'tool' | 'vendor', id: string, body: object) =>
  register.propose(kind, id, body, authorOf(ada))

/** A register with the vendor approved. */
async function explained(context: TestContext, facts: object = checklist): Promise<TestRegister> {
  const opened = await openTestRegister(context)
  await opened.approved('vendor', 'west-models', { ...vendor, facts })
  return opened
}

test('the domains of a vendor are blocked until it is approved, and again when a fact of it has ended', async (context) => {
  const opened = await openTestRegister(context)
  const facts = { ...checklist, dpa: fact(true, { until: '2026-11-30' }) }
  await propose(opened, 'vendor', 'west-models', { ...vendor, facts })
  assert.deepEqual(blocked(opened), ['west.example.com'])
  await opened.approved('vendor', 'west-models', { ...vendor, facts, owner: 'other@example.com' })
  assert.deepEqual(blocked(opened), [])
  const { nextChangeAtMs } = listOf(opened)
  assert.equal(nextChangeAtMs, Date.UTC(2026, 11, 1))
  assert.deepEqual(blocked(opened, nextChangeAtMs), ['west.example.com'])
})

test('a vendor that is not explained stays open while a tool of it is tolerated, and not a day longer', async (context) => {
  const opened = await openTestRegister(context)
  await propose(opened, 'vendor', 'west-models', vendor)
  await opened.approved('tool', 'west-chat', tolerated)
  assert.deepEqual(blocked(opened), [])
  assert.equal(listOf(opened).list.unexplained[0]?.isTolerated, true)
  const endMs = Date.UTC(2027, 0, 1)
  assert.equal(listOf(opened).nextChangeAtMs, endMs)
  assert.deepEqual(standing(opened, endMs), [
    'unsanctioned: It was tolerated until 2026-12-31, which is over.',
  ])
  assert.deepEqual(blocked(opened, endMs), ['chat.west.example.com', 'west.example.com'])
})

test('a sanctioned tool does not count while its vendor is not explained', async (context) => {
  const opened = await openTestRegister(context)
  await propose(opened, 'vendor', 'west-models', vendor)
  await opened.approved('tool', 'west-chat', tool)
  assert.deepEqual(standing(opened), [
    'unsanctioned: It was sanctioned, and does not count now: the vendor west-models is not approved.',
  ])
  const { version } = opened.register.find('vendor', 'west-models')!.versions[0]!
  const yes = { verdict: 'approve', reason: 'Read.', conditions: {} } as const
  await opened.register.decide({ kind: 'vendor', id: 'west-models', version, ...yes }, sam)
  assert.deepEqual(standing(opened), ['sanctioned: Our contract covers it.'])
})

test('nobody decided: blocked with a vendor that is not explained, else not', async (context) => {
  const opened = await openTestRegister(context)
  await propose(opened, 'vendor', 'west-models', vendor)
  await propose(opened, 'tool', 'west-chat', { ...tool, domains: ['west-chat.example.org'] })
  await propose(opened, 'tool', 'nobodys', { ...tool, vendor: undefined, domains: ['nobodys.example.org'] })
  assert.deepEqual(blocked(opened), ['west-chat.example.org', 'west.example.com'])
  assert.equal(
    listOf(opened).list.tools.every((each) => each.standing === 'undecided'),
    true,
  )
})

test('what is stopped, suspended or has ended is unsanctioned, whatever it was', async (context) => {
  const opened = await explained(context)
  await opened.approved('tool', 'west-chat', tool)
  assert.deepEqual(blocked(opened), [])
  const about = { kind: 'tool', id: 'west-chat', version: 1, conditions: {}, reason: 'Look again.' } as const
  await opened.register.decide({ ...about, verdict: 'suspend' }, sam)
  assert.deepEqual(standing(opened), ['unsanctioned: Somebody stopped or suspended it.'])
  assert.deepEqual(blocked(opened), ['chat.west.example.com'])
  await propose(opened, 'tool', 'west-chat', { ...tool, why: 'A new version that waits.' })
  assert.deepEqual(blocked(opened), ['chat.west.example.com'])
  await opened.register.decide({ ...about, verdict: 'approve', until: '2026-11-30' }, sam)
  assert.deepEqual(blocked(opened), [])
  assert.deepEqual(standing(opened, Date.UTC(2026, 11, 1)), ['unsanctioned: Its approval has ended.'])
})

test('nothing is blocked that stands above what may be used or above the gate itself, and that is said', async (context) => {
  const opened = await explained(context)
  await opened.approved('tool', 'west-chat', tool)
  await opened.approved('tool', 'all-of-west', {
    ...unsanctioned,
    domains: ['west.example.com', 'deep.chat.west.example.com'],
  })
  await opened.approved('tool', 'gate', { ...unsanctioned, domains: ['example.net'] })
  const { blocked: lines, leftOpen } = listOf(opened, testNow, ['ai.example.net']).list
  assert.deepEqual(lines, [
    { domain: 'deep.chat.west.example.com', because: 'the tool all-of-west is unsanctioned' },
  ])
  assert.deepEqual(leftOpen, [
    { domain: 'example.net', because: 'Sallyport itself is reached there' },
    { domain: 'west.example.com', because: 'the tool west-chat is sanctioned' },
  ])
})

test('the same records give the same version, whenever they are asked, and a change another one', async (context) => {
  const opened = await explained(context)
  await opened.approved('tool', 'west-chat', tool)
  const first = listOf(opened).list
  opened.at(testNow + 3_600_000)
  assert.deepEqual(listOf(opened, testNow + 3_600_000).list, first)
  await opened.approved('tool', 'west-chat', unsanctioned)
  const then = listOf(opened, testNow + 3_600_000).list
  assert.notEqual(then.version, first.version)
  assert.deepEqual(
    [first.changedAt, then.changedAt],
    ['2026-11-23T12:00:00.000Z', '2026-11-23T13:00:00.000Z'],
  )
})

test('a standing says what goes with it: a last day, something to use instead, nobody’s roles', () => {
  const problems = (body: object): readonly string[] => {
    const read = checkBody('tool', body)
    return 'problems' in read ? read.problems.map(({ path }) => path.join('.')) : []
  }
  assert.deepEqual(problems(tool), [])
  assert.deepEqual(problems({ ...tool, toleratedUntil: '2026-12-31' }), ['toleratedUntil'])
  assert.deepEqual(problems({ ...tool, standing: 'tolerated' }), ['toleratedUntil', 'instead'])
  assert.deepEqual(problems({ ...unsanctioned, roles: ['legal'] }), ['roles'])
  assert.deepEqual(problems({ ...unsanctioned, instead: undefined }), ['instead'])
})

test('more domains than a filter takes are told, and nothing is cut off', async (context) => {
  const opened = await explained(context)
  await opened.approved('tool', 'west-chat', unsanctioned)
  const [history] = opened.register.list('tool')
  const [version] = history?.versions ?? []
  const of = (count: number) => {
    const domains = Array.from({ length: count }, (_, index) => `d${index}.example.org`)
    const many = { ...history!, versions: [{ ...version!, body: { ...version!.body, domains } }] }
    return toolListOf({ tools: [many], vendors: [] }, testNow, []).list.blocked.length
  }
  assert.equal(of(mostDomains), mostDomains)
  assert.throws(() => of(mostDomains + 1), /would have 100001 domains and may have 100000/)
})
