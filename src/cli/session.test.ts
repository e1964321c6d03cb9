import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from './test-world.ts'

const runWith = async (argv: readonly string[], answer: unknown) => {
  const asked: unknown[] = []
  const handler = async (input: never) => {
    asked.push(input)
    return answer
  }
  const names = ['session.list', 'session.end']
  const handlers = Object.fromEntries(names.map((name) => [name, handler]))
  const said = await run(argv, { environment: { SALLYPORT_DATA: '/nowhere' }, handlers })
  return { ...said, asked: asked[0] as Record<string, unknown> }
}

test('sessions are listed with browser, network and times, and ended together', async () => {
  const session = {
    ...{ id: 'session_1', browser: 'Firefox on Linux', network: '192.0.2.0/24' },
    createdAt: Date.parse('2026-06-01T08:00:00Z'),
    seenAt: Date.parse('2026-06-01T09:30:00Z'),
  }
  const listed = await runWith(['session', 'list', 'ada@example.com'], {
    id: 'person_1',
    sessions: [session],
  })
  assert.match(
    listed.out,
    /^Firefox on Linux +192\.0\.2\.0\/24 +signed in 2026-06-01 08:00 UTC, last used 2026-06-01 09:30 UTC\n/,
  )
  const none = await runWith(['session', 'list', 'ada@example.com'], { id: 'person_1', sessions: [] })
  assert.match(none.out, /no browser/)
  const ended = await runWith(['session', 'end', 'ada@example.com', '--json'], { id: 'person_1', ended: 2 })
  assert.deepEqual(JSON.parse(ended.out), { id: 'person_1', ended: 2 })
})
