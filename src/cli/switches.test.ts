import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SwitchView } from '#/snapshot/switches/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const view: SwitchView = {
  id: 'switch_1',
  scope: 'offering',
  target: 'west',
  name: 'west',
  reason: 'Contract ended.',
  by: 'sam@example.com',
  at: '2026-11-26T00:00:00.000Z',
  until: null,
  isDrill: false,
  state: 'stopped',
  isWritten: true,
  released: null,
  report: null,
  mayNotRelease: null,
}

function recording(answer: unknown) {
  const asked: unknown[] = []
  const handle = async (input: { readonly asked?: unknown }) => {
    asked.push(input.asked)
    return answer
  }
  const names = ['switch.pull', 'switch.release', 'switch.list']
  return {
    asked,
    handlers: Object.fromEntries(names.map((name) => [name, handle])) as unknown as Local['handlers'],
  }
}

test('stop says what, why and for how long, and shows what it did', async () => {
  const { asked, handlers } = recording(view)
  const { out, exitCode } = await run(['stop', 'offering', 'west', '--reason', 'Contract ended.'], {
    handlers,
  })
  assert.equal(exitCode, 0)
  assert.equal(
    out,
    'switch_1  STOPPED  offering west  by sam@example.com at 2026-11-26T00:00:00.000Z: Contract ended.\n',
  )
  await run(['stop', 'all', '--reason', 'Quarterly drill', '--drill'], { handlers })
  assert.deepEqual(asked, [
    { scope: 'offering', target: 'west', reason: 'Contract ended.', drill: false },
    { scope: 'all', target: '', reason: 'Quarterly drill', drill: true, minutes: 10 },
  ])
})

test('a stop that is not in the log holds, is said so, and fails', async () => {
  const { handlers } = recording({ ...view, isWritten: false })
  const { out, exitCode } = await run(['stop', 'offering', 'west', '--reason', 'Contract ended.'], {
    handlers,
  })
  assert.equal(exitCode, 3)
  assert.match(out, /It holds, but is not in the log/)
})

test('what cannot be stopped is told before anything is asked', async () => {
  const { handlers, asked } = recording(view)
  for (const words of [['everything'], ['all', 'west'], ['offering'], ['all', '--minutes', 'x']])
    assert.equal((await run(['stop', ...words, '--reason', 'A reason'], { handlers })).exitCode, 2)
  assert.equal((await run(['stop', 'all'], { handlers })).exitCode, 2)
  assert.equal((await run(['release', 'switch_1'], { handlers })).exitCode, 2)
  assert.deepEqual(asked, [])
})

test('stops shows what stands, what a drill measured, and what is over', async () => {
  const report = {
    cut: 2,
    slowestMs: 0.4,
    refused: 7,
    people: 3,
    asks: ['sam@example.com'],
    isInterrupted: false,
  }
  const released = { by: 'olga@example.com', at: '2026-11-26T00:10:00.000Z', reason: 'Signed again.' }
  const { handlers } = recording({
    standing: [{ ...view, isDrill: true, state: 'drill', report }],
    past: [{ ...view, state: 'released', released }],
  })
  const { out } = await run(['stops'], { handlers })
  assert.match(out, /would cut 2 open, the last after 0\.4 ms; would refuse 7 new; would tell 3 people/)
  assert.match(out, /released by olga@example\.com at 2026-11-26T00:10:00\.000Z: Signed again\./)
  const nothing = await run(['stops'], recording({ standing: [], past: [] }))
  assert.equal(nothing.out, 'nothing is stopped\n')
})
