import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuleTable } from '#/policy/rule-table/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const row = {
  id: 'restricted-stays',
  title: 'Restricted stays in our cloud',
  classes: 'restricted',
  tiers: 'commercial',
  finds: 'the whole exchange',
  action: 'block',
  also: ['for legal'],
  owner: 'security@example.com',
} as const
const table: RuleTable = {
  version: 'abc',
  company: [row, { ...row, id: 'many', finds: 'iban, '.repeat(30), also: [] }],
  useCases: [{ id: 'review', title: 'Review\u001b[2J', rules: [{ ...row, id: 'own', action: 'note' }] }],
}
const serving = (answer: RuleTable) => ({
  handlers: { 'rules.list': async () => answer } as unknown as Local['handlers'],
})

test('rules that serve are a table, one line each, with what else they say below', async () => {
  const { out, exitCode } = await run(['rules'], serving(table))
  assert.equal(exitCode, 0)
  const lines = out.split('\n')
  assert.match(lines[0] ?? '', /snapshot abc/)
  assert.match(lines[1] ?? '', /^ {2}CLASS +TIER +WHAT IS FOUND +ACTION +RULE +OWNER$/)
  assert.match(
    lines[2] ?? '',
    /^ {2}restricted +commercial +the whole exchange +block +restricted-stays +security@example\.com$/,
  )
  assert.equal(lines[3], '      for legal')
  assert.match(lines[4] ?? '', /, i… {2}block/)
  assert.match(out, /Rules of the use case Review.* \(review\), which replace/)
  assert.ok(!out.includes('\u001b'), 'a title cannot move the cursor')
})

test('no rule is said, and --json gives all of it', async () => {
  assert.match((await run(['rules'], serving({ ...table, company: [] }))).out, /none: what is found is noted/)
  assert.deepEqual(JSON.parse((await run(['rules', '--json'], serving(table))).out), table)
})
