import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStarts, startMs } from './starts.ts'

const tool = { kind: 'claude-code', name: 'Claude Code', machine: undefined }

function open() {
  let now = 1_000_000
  const starts = createStarts({ now: () => now, monotonic: () => now })
  return {
    starts,
    forward: (ms: number) => {
      now += ms
    },
    begin: (place = '192.0.2.1') => {
      const begun = starts.begin(tool, place, place)
      assert.ok(begun)
      return begun
    },
  }
}

test('who polls waits until somebody decided, and is told once', () => {
  const { starts, begin, forward } = open()
  const { deviceCode, start } = begin()
  assert.ok(Buffer.from(deviceCode, 'base64url').length * 8 >= 256)
  assert.deepEqual(starts.poll(deviceCode), { answer: 'authorization_pending' })
  assert.equal(starts.find(start.userCode), start)
  assert.equal(starts.claim(start), true)
  starts.approve(start, 'person_one')
  forward(5_000)
  const polled = starts.poll(deviceCode)
  assert.equal(polled.answer, 'approved')
  assert.equal(polled.answer === 'approved' && polled.personId, 'person_one')
  forward(5_000)
  assert.deepEqual(starts.poll(deviceCode), { answer: 'expired_token' }, 'a code works once')
})

test('what somebody approved is refused once their access ends', () => {
  const { starts, begin, forward } = open()
  const [one, other] = [begin(), begin()]
  for (const { start } of [one, other]) starts.claim(start)
  starts.approve(one.start, 'person_one')
  starts.approve(other.start, 'person_two')
  starts.refuseAllOf('person_one')
  forward(5_000)
  assert.deepEqual(starts.poll(one.deviceCode), { answer: 'access_denied' })
  assert.equal(starts.poll(other.deviceCode).answer, 'approved')
})

test('who polls too often waits five seconds longer each time', () => {
  const { starts, begin, forward } = open()
  const { deviceCode, interval } = begin()
  assert.equal(interval, 5)
  assert.equal(starts.poll(deviceCode).answer, 'authorization_pending')
  forward(1_000)
  assert.equal(starts.poll(deviceCode).answer, 'slow_down')
  forward(9_000)
  assert.equal(starts.poll(deviceCode).answer, 'slow_down')
  forward(15_000)
  assert.equal(starts.poll(deviceCode).answer, 'authorization_pending')
})

test('a code that was decided about cannot be decided about again', () => {
  const { starts, begin, forward } = open()
  const { deviceCode, start } = begin()
  assert.equal(starts.claim(start), true)
  assert.equal(starts.claim(start), false)
  assert.equal(starts.find(start.userCode), undefined)
  starts.refuse(start)
  forward(5_000)
  assert.deepEqual(starts.poll(deviceCode), { answer: 'access_denied' })
})

test('what nobody decided about in ten minutes is over', () => {
  const { starts, begin, forward } = open()
  const { deviceCode, start } = begin()
  forward(startMs)
  assert.equal(starts.find(start.userCode), undefined)
  assert.deepEqual(starts.poll(deviceCode), { answer: 'expired_token' })
})

test('an approval that nobody fetches is over, too', () => {
  const { starts, begin, forward } = open()
  const { deviceCode, start } = begin()
  starts.claim(start)
  starts.approve(start, 'person_one')
  forward(startMs)
  assert.deepEqual(starts.poll(deviceCode), { answer: 'expired_token' })
})

test('a hundred wait from one place and a thousand altogether; a place that floods hinders no other', () => {
  const { starts, begin, forward } = open()
  for (let count = 0; count < 100; count++) begin()
  assert.equal(starts.begin(tool, '192.0.2.1', '192.0.2.1'), undefined)
  for (let place = 2; place < 11; place++) for (let count = 0; count < 100; count++) begin(`192.0.2.${place}`)
  assert.equal(starts.begin(tool, '192.0.2.99', '192.0.2.99'), undefined)
  forward(startMs)
  begin()
})
