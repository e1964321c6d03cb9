import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { newFolder, openIn } from '#/audit/log-for-tests.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { RecordKind } from '#/register/api.ts'
import { recordHandlers } from '#/register/control.ts'
import { registerMigrations } from '#/register/migrations/index.ts'
import { listed, listShape, waitingFor } from '#/register/overview.ts'
import { openRegister } from '#/register/register.ts'
import { personWith } from '#/register/test-register.ts'

/** Ten thousand records: taken over from a folder, listed, exported, compared. */

const count = 10_000
const mostAnswerMs = 250

const fileOf = (index: number) => ({
  name: `use-case/u${index}.yaml`,
  text: `records:
  - kind: use-case
    id: u${String(index).padStart(5, '0')}
    title: Use case number ${index}
    owner: owner@example.com
    purpose: Answers to customers of area ${index}.
    audience: { roles: [employee] }
    offerings: [west]
    highestClass: internal
    datasets: [d${index % 100}]
`,
})
const offering = {
  name: 'offering/west.yaml',
  text: 'records:\n  - { kind: offering, id: west, title: West, connection: west, model: west }\n',
}
const datasets = {
  name: 'dataset/all.yaml',
  text: JSON.stringify({
    records: Array.from({ length: 100 }, (_, index) => ({
      ...{ kind: 'dataset', id: `d${index}`, title: `D${index}`, owner: 'o@example.com' },
      ...{ class: 'internal', uses: ['inference'] },
    })),
  }),
}

async function timed<T>(
  context: TestContext,
  what: string,
  work: () => Promise<T> | T,
): Promise<[T, number]> {
  const began = performance.now()
  const result = await work()
  const tookMs = performance.now() - began
  context.diagnostic(`${what}: ${tookMs.toFixed(0)} ms`)
  return [result, tookMs]
}

/** The longest time in which nothing else had its turn, until it is stopped. */
function watchTurns(): () => number {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  return () => {
    clearInterval(timer)
    return longest
  }
}

test('10,000 records are taken over from files, listed, exported and compared', async (context) => {
  const folder = await newFolder(context)
  const clock = { now: Date.now, monotonic: () => performance.now() }
  const { log } = await openIn(folder, { clock })
  const database = openSqlite(join(folder, 'store.db'))
  context.after(() => database.close())
  await migrate(database, registerMigrations)
  const register = await openRegister({ database, clock, log })
  const files = [offering, datasets, ...Array.from({ length: count - 101 }, (_, index) => fileOf(index))]
  const handlers = recordHandlers(register, clock.now)

  const longest = watchTurns()
  const [{ digest }, planMs] = await timed(context, 'plan', () =>
    register.apply({ files, by: 'test', dryRun: true }),
  )
  const [applied, applyMs] = await timed(context, 'apply', () =>
    register.apply({ files, by: 'test', digest }),
  )
  const waitedMs = longest()
  context.diagnostic(`longest turn while planning and applying: ${waitedMs.toFixed(0)} ms`)
  assert.equal(applied.plan.length, count)
  assert.ok(planMs + applyMs < 60_000)

  const [same] = await timed(context, 'diff', () => register.diff({ files }))
  assert.ok(same.every(({ change }) => change === 'same'))

  const person = personWith('sam@example.com', ['security', 'owner'])
  const page = (query: object) => listed(register, 'use-case', listShape.parse(query), clock.now())
  const [first, listMs] = await timed(context, 'a page of a list', () => page({}))
  assert.deepEqual([first.found.length, first.total], [100, count - 101])
  const [found, searchMs] = await timed(context, 'a search', () =>
    page({ search: 'number 9876', state: 'proposed' }),
  )
  assert.equal(found.total, 1)
  const [overview, waitingMs] = await timed(context, 'what waits', () =>
    waitingFor(register, person, clock.now()),
  )
  assert.equal(overview.waiting.length, 50)
  for (const ms of [listMs, searchMs, waitingMs]) assert.ok(ms < mostAnswerMs, `${ms} ms`)

  const exportAll = async (kind: RecordKind): Promise<number> => {
    let written = 0
    for (let after: string | null = ''; after !== null; ) {
      const part = (await handlers['records.export']!({ kind, which: 'newest', after } as never)) as {
        files: readonly unknown[]
        next: string | null
      }
      written += part.files.length
      after = part.next
    }
    return written
  }
  const [exported] = await timed(context, 'export', () => exportAll('use-case'))
  assert.equal(exported, count - 101)
  const [again] = await timed(context, 'start', () => openRegister({ database, clock, log }))
  assert.equal(again.list('use-case').length, count - 101)
})
