import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LintFinding } from '#/snapshot/linter/api.ts'
import type { Check, Difference, PublicationPage, PublicationSummary } from '#/snapshot/publications/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const digest = 'a'.repeat(64)
const change = { kind: 'policy', id: 'rules', from: 1, to: 2, fields: ['rules'] } as const
const difference: Difference = {
  added: [{ ...change, kind: 'offering', id: 'west', from: null, to: 1, fields: [] }],
  changed: [change],
  takenAway: [{ ...change, kind: 'use-case', id: 'old', to: null }],
  rules: [
    { is: 'rule', id: 'cards', in: 'policy/rules', before: { action: 'mask' }, after: { action: 'block' } },
  ],
  moreRules: 3,
}
const green: Check = { digest, doesNotCompile: null, failures: [], tests: 2, findings: [], isGreen: true }
const summary: PublicationSummary = {
  ...{ number: 7, cause: 'rollback', digest, at: '2026-11-26T10:00:00.000Z' },
  ...{ by: 'sam@example.com', second: null, reason: 'It blocked too much.' },
  counts: { added: 1, changed: 1, takenAway: 1 },
}
const page: PublicationPage = {
  ...{ mode: 'by-person', secondPerson: true, serving: 7, isHeld: true, trouble: null },
  waiting: { digest, difference, check: green, asked: null },
  ...{ check: green, publications: [summary], stepBack: null, mayPublish: true },
}

function answering(answer: unknown) {
  const asked: Record<string, unknown> = {}
  const names = ['list', 'show', 'diff', 'publish', 'rollback'].map((name) => `publication.${name}`)
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      async (input: unknown) => {
        asked[name] = input
        return answer
      },
    ]),
  ) as unknown as Local['handlers']
  return { asked, handlers }
}

test('the list says what serves, what waits with its digest, and the last ones', async () => {
  const { exitCode, out } = await run(['publication', 'list'], answering(page))
  assert.equal(exitCode, 0)
  assert.deepEqual(out.trimEnd().split('\n'), [
    'Publication 7 serves. What is approved is published by two people.',
    'A step back was made: nothing is published until somebody does.',
    `Waits, digest ${digest}:`,
    '  + offering west, version 1',
    '  ~ policy rules, version 1 to 2 (rules)',
    '  - use-case old, version 1',
    '    rule cards of policy/rules',
    '      before {"action":"mask"}',
    '      after  {"action":"block"}',
    '  and 3 rules more',
    '  2 rule tests, 0 red; 0 errors and 0 warnings of the linter',
    '',
    '7  2026-11-26T10:00:00.000Z  rollback  +1 ~1 -1 by sam@example.com: It blocked too much.',
  ])
})

test('a check fails with what does not compile, a red test or an error, and not with a warning', async () => {
  const finding = {
    ...{ code: 'rule-dead', about: 'policy/rules rule cards', sentence: 'It never counts.' },
    ...{ why: 'Another is stricter.', remedy: 'Take it out.' },
  } as const satisfies Partial<LintFinding>
  const failure = { policy: 'rules', id: 't', title: 'T', expected: 'action mask', came: 'action note' }
  const codeOf = async (change: Partial<Check>) => {
    const waiting = { digest, difference, check: { ...green, ...change }, asked: null }
    return run(['publication', 'check'], answering({ ...page, waiting }))
  }
  assert.equal((await codeOf({})).exitCode, 0)
  assert.equal((await codeOf({ findings: [{ ...finding, severity: 'warning' }] })).exitCode, 0)
  assert.equal((await codeOf({ findings: [{ ...finding, severity: 'error' }] })).exitCode, 1)
  assert.equal((await codeOf({ doesNotCompile: 'Two patterns have one id.' })).exitCode, 1)
  const red = await codeOf({ failures: [failure] })
  assert.equal(red.exitCode, 1)
  assert.match(red.out, /red: test t of rules \(T\): expected action mask, came action note/)
})

test('with nothing that waits, what serves is checked', async () => {
  const { out } = await run(['publication', 'check', '--json'], answering({ ...page, waiting: null }))
  assert.equal(JSON.parse(out).what, 'what serves')
})

test('publish and rollback say why, and show what came of it', async () => {
  const { asked, handlers } = answering({ state: 'published', publication: summary })
  const reason = ['--reason', 'It was right.']
  await run(['publication', 'publish', '--digest', digest, ...reason], { handlers })
  const { out, exitCode } = await run(['publication', 'rollback', ...reason], { handlers })
  assert.equal(exitCode, 0)
  assert.match(out, /^7 {2}.* rollback /)
  const inputs = Object.values(asked) as { readonly by: string; readonly asked: object }[]
  assert.deepEqual(
    inputs.map((input) => input.asked),
    [{ digest, reason: 'It was right.' }, { reason: 'It was right.' }],
  )
  assert.ok(inputs.every(({ by }) => by.startsWith('command-line:')))
  assert.equal((await run(['publication', 'publish', ...reason], { handlers })).exitCode, 2)
})

test('a number is a number', async () => {
  const { asked, handlers } = answering({ ...summary, difference })
  assert.equal((await run(['publication', 'show', '7'], { handlers })).exitCode, 0)
  assert.deepEqual(asked['publication.show'], { number: 7 })
  assert.equal((await run(['publication', 'show', 'last'], { handlers })).exitCode, 2)
  assert.equal((await run(['publication', 'diff', '1', '0'], { handlers })).exitCode, 2)
})
