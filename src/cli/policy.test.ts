import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Coverage } from '#/register/documents/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const coverage: Coverage = {
  days: 7,
  since: '2026-11-16T00:00:00.000Z',
  until: '2026-11-23T00:00:00.000Z',
  isCut: true,
  exchanges: 12,
  requests: 15,
  documents: [
    {
      policy: 'use',
      title: 'Use\u001b[31m',
      owner: 'olga@example.com',
      purpose: 'Why.',
      version: 2,
      hash: 'a'.repeat(64),
      serves: false,
      promises: ['said'],
      clauses: [
        {
          id: 'cards',
          title: 'Cards',
          text: 'No cards.',
          state: 'kept',
          links: [
            {
              what: 'rule c of r',
              does: 'Cards: is masked',
              serves: true,
              acted: 3,
              of: 12,
              counts: 'exchanges',
              sharedWith: ['policy other'],
            },
          ],
        },
        { id: 'said', title: 'Said', text: 'We promise.', state: 'promise', links: [] },
      ],
    },
  ],
  blind: ['Answers.'],
}

function recording(answer: unknown) {
  const asked: unknown[] = []
  const handle = async (input: unknown) => {
    asked.push(input)
    return answer
  }
  const names = ['policy.coverage', 'policy.guide', 'policy.acceptable-use']
  return {
    asked,
    handlers: Object.fromEntries(names.map((name) => [name, handle])) as unknown as Local['handlers'],
  }
}

test('coverage says what keeps each clause, how often of how many, and what is a promise', async () => {
  const { asked, handlers } = recording(coverage)
  const { out, exitCode } = await run(['policy', 'coverage', '--days', '7'], { handlers })
  assert.equal(exitCode, 0)
  assert.deepEqual(asked, [{ days: 7 }])
  assert.match(out, /12 exchanges came to the rules, of 15 requests\.\nThere was more in the log/)
  assert.match(out, /\(use\), version 2, waits: 1 of 2 clauses are promises only\./)
  assert.match(
    out,
    /rule c of r – Cards: is masked; acted in 3 of 12 exchanges in 7 days, counted with policy other/,
  )
  assert.match(out, /said: Promise only: nothing keeps it\./)
  assert.ok(!out.includes('\u001b'))
  assert.equal((await run(['policy', 'coverage', '--days', 'many'], { handlers })).exitCode, 2)
  const json = await run(['policy', 'coverage', 'use', '--json'], { handlers })
  assert.deepEqual(JSON.parse(json.out), coverage)
  assert.deepEqual(asked.at(-1), { policy: 'use' })
})

test('a template goes to a file that is not there yet, and never over one', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'policy-'))
  context.after(() => rm(folder, { recursive: true }))
  const out = join(folder, 'use.yaml')
  const { asked, handlers } = recording({ markdown: '# Use\n', draft: 'records: []\n' })
  const words = ['policy', 'acceptable-use', '--owner', 'olga@example.com', '--draft', '--out', out]
  assert.equal((await run(words, { handlers })).exitCode, 0)
  assert.equal(await readFile(out, 'utf8'), 'records: []\n')
  assert.notEqual((await run(words, { handlers })).exitCode, 0)
  assert.deepEqual(asked[0], { owner: 'olga@example.com' })
  assert.equal((await run(['policy', 'acceptable-use'], { handlers })).exitCode, 2)
})
