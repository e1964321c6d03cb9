import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { processorMs } from '#/core/test-processor-time.ts'
import { type OpenExchange, OpenExchanges } from './open-exchanges.ts'

const limits = { requestsPerMinute: 5, openPerCaller: 2, openAltogether: 3 }
const minute = 60_000
const noSubject = { keyId: undefined, useCase: undefined, offering: undefined, tools: () => [] }
const exchangeOf = (callerId: string, cut: OpenExchange['cut'] = () => undefined): OpenExchange => ({
  callerId,
  personId: `person of ${callerId}`,
  keyId: callerId,
  subject: () => ({ ...noSubject, personId: `person of ${callerId}` }),
  lookAgain: () => undefined,
  cut,
})
const codeOf = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    return (error as Refusal).code
  }
  return 'admitted'
}

test('the word of a switch ends those it is about; a drill only counts them', () => {
  const open = new OpenExchanges(limits)
  const cut: string[] = []
  for (const id of ['a', 'b']) {
    const why = new Refusal('stopped-by-switch', { scope: 'person' })
    open.admit({ ...exchangeOf(id, () => cut.push(id)), lookAgain: () => why }, 0)
  }
  const isAbout = ({ personId }: { readonly personId: string }) => personId === 'person of b'
  const drilled = open.reach(isAbout, true)
  assert.deepEqual([drilled.exchanges, [...drilled.people], cut], [1, ['person of b'], []])
  const reached = open.reach(isAbout, false)
  assert.deepEqual([reached.exchanges, cut], [1, ['b']])
  assert.ok(reached.slowestMs < 1_000)
})

test('a caller may have a stated number of requests open, and others are not held back by it', () => {
  const open = new OpenExchanges(limits)
  const first = exchangeOf('a')
  open.admit(first, 0)
  open.admit(exchangeOf('a'), 0)
  assert.equal(
    codeOf(() => open.admit(exchangeOf('a'), 0)),
    'too-many-open',
  )
  assert.equal(
    codeOf(() => open.admit(exchangeOf('b'), 0)),
    'admitted',
  )
  assert.equal(
    codeOf(() => open.admit(exchangeOf('c'), 0)),
    'too-many-open',
  )
  open.release(first)
  assert.equal(
    codeOf(() => open.admit(exchangeOf('a'), 0)),
    'admitted',
  )
})

test('a caller may send a stated number of requests in a clock minute', () => {
  const open = new OpenExchanges(limits)
  const send = (nowMs: number) =>
    codeOf(() => {
      const exchange = exchangeOf('a')
      open.admit(exchange, nowMs)
      open.release(exchange)
    })
  for (let index = 0; index < 5; index++) assert.equal(send(1_000 * index), 'admitted')
  assert.equal(send(59_999), 'rate-reached')
  assert.throws(() => open.admit(exchangeOf('a'), 40_000), {
    facts: { limit: 5, setting: 'limits.requestsPerMinute', retryAfterSeconds: 20 },
  })
  assert.equal(send(minute), 'admitted')
})

test('what is asked without an exchange counts in the same minute, and takes no place', () => {
  const open = new OpenExchanges({ ...limits, requestsPerMinute: 2 })
  open.count('a', 0)
  open.admit(exchangeOf('a'), 0)
  assert.equal(open.size, 1)
  assert.throws(() => open.count('a', 40_000), { code: 'rate-reached' })
  assert.equal(
    codeOf(() => open.admit(exchangeOf('a'), 0)),
    'rate-reached',
  )
  open.count('b', 0)
  open.count('a', minute)
})

test('a refused request is not counted as open', () => {
  const open = new OpenExchanges({ ...limits, requestsPerMinute: 1 })
  open.admit(exchangeOf('a'), 0)
  assert.equal(
    codeOf(() => open.admit(exchangeOf('a'), 0)),
    'rate-reached',
  )
  assert.equal(open.size, 1)
})

test('releasing twice counts once', () => {
  const open = new OpenExchanges(limits)
  const exchange = exchangeOf('a')
  open.admit(exchange, 0)
  open.release(exchange)
  open.release(exchange)
  open.admit(exchangeOf('a'), 0)
  open.admit(exchangeOf('a'), 0)
  assert.equal(
    codeOf(() => open.admit(exchangeOf('a'), 0)),
    'too-many-open',
  )
})

test('ended access cuts the exchanges of that key or person, and no others', () => {
  const open = new OpenExchanges(limits)
  const cut: string[] = []
  for (const caller of ['a', 'b', 'c']) {
    open.admit(
      exchangeOf(caller, (why) => void cut.push(`${caller} ${why.code}`)),
      0,
    )
  }
  open.cut({ keyId: 'b' })
  open.cut({ personId: 'person of c' })
  open.cut({})
  assert.deepEqual(cut, ['b access-ended', 'c access-ended'])
})

test('rights are looked at again four times a second, by one timer for all, as long as anything is open', (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const started = context.mock.method(globalThis, 'setInterval')
  const open = new OpenExchanges({ requestsPerMinute: 9, openPerCaller: 9, openAltogether: 9 })
  const cut: string[] = []
  const may = { a: true, b: true }
  const all = (['a', 'b', 'a'] as const).map(
    (caller): OpenExchange => ({
      ...exchangeOf(caller, (why) => void cut.push(`${caller} ${why.facts['why']}`)),
      lookAgain: () => (may[caller] ? undefined : new Refusal('access-ended', { why: 'session' })),
    }),
  )
  for (const exchange of all) open.admit(exchange, 0)
  context.mock.timers.tick(5_000)
  assert.deepEqual(cut, [])
  may.a = false
  context.mock.timers.tick(250)
  assert.deepEqual(cut, ['a session', 'a session'])
  for (const exchange of all) open.release(exchange)
  context.mock.timers.tick(250)
  open.admit(exchangeOf('c'), 0)
  assert.equal(started.mock.callCount(), 2, 'the first one ended when nothing was open')
})

test('rights that cannot be told end the exchange', () => {
  const open = new OpenExchanges(limits)
  const cut: string[] = []
  open.admit(
    {
      ...exchangeOf('a', (why) => void cut.push(why.code)),
      lookAgain: () => {
        throw new Error('the list of sessions is gone')
      },
    },
    0,
  )
  open.lookAgain()
  assert.deepEqual(cut, ['defect'])
})

test('looking at a thousand open exchanges again costs less than ten milliseconds', () => {
  const open = new OpenExchanges({ requestsPerMinute: 9, openPerCaller: 9, openAltogether: 5_000 })
  for (let index = 0; index < 1_000; index++) open.admit(exchangeOf(`caller ${index}`), 0)
  open.lookAgain()
  const startedAt = processorMs()
  for (let round = 0; round < 10; round++) open.lookAgain()
  assert.ok((processorMs() - startedAt) / 10 < 10)
})

test('stopping admits nothing more, waits, and then cuts what is still open', async () => {
  const open = new OpenExchanges(limits)
  let why = ''
  const exchange: OpenExchange = exchangeOf('a', (refusal) => {
    why = refusal.code
    open.release(exchange)
  })
  open.admit(exchange, 0)
  const stopped = open.stop(60)
  assert.equal(
    codeOf(() => open.admit(exchangeOf('b'), 0)),
    'stopping',
  )
  assert.equal(why, '')
  await stopped
  assert.equal(why, 'stopping')
  assert.equal(open.size, 0)
})

test('callers that come and go do not pile up', () => {
  const open = new OpenExchanges(limits)
  const before = process.memoryUsage().heapUsed
  for (let index = 0; index < 100_000; index++) {
    const exchange = exchangeOf(`caller ${index}`)
    open.admit(exchange, 0)
    open.release(exchange)
  }
  assert.ok(process.memoryUsage().heapUsed - before < 60_000_000)
})
