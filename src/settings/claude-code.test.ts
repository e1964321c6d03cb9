import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claudeCodeSchema, defaultClaudeCode } from './claude-code.ts'

const problemOf = (value: unknown): string | undefined => {
  const [issue] = claudeCodeSchema.safeParse(value).error?.issues ?? []
  return issue && `${issue.path.join('.')}: ${issue.message}`
}

test('the settings of Claude Code are taken as it documents them, with keys nobody here knows', () => {
  const values = [
    false,
    {},
    defaultClaudeCode,
    { from_next_release: { deep: [1, true, null] } },
    { model: 'west', availableModels: ['west', 'auto'], env: { NAME: '1' } },
  ]
  for (const value of values) assert.equal(problemOf(value), undefined, JSON.stringify(value))
})

test('what would break every request, or do nothing, is refused with what would be right', () => {
  const cases = [
    [true, /^: must be false, or/],
    [[], /^: must be false, or/],
    [{ model: 1 }, /^model: must be a text/],
    [{ availableModels: 'auto' }, /^availableModels: must be a list of texts/],
    [{ model: 'auto', availableModels: ['west'] }, /^model: must be one of availableModels/],
    [{ permissions: { deny: 'Read(./.env)' } }, /^permissions\.deny: must be a list of texts/],
    [{ permissions: [] }, /^permissions: must be/],
    [{ env: { FLAG: 1 } }, /^env\.FLAG: must be a text: put it in quotes/],
    [{ note: 'x'.repeat(70_000) }, /at most 10 levels deep and 65536 characters/],
    [JSON.parse('{"a":'.repeat(12) + '1' + '}'.repeat(12)), /at most 10 levels deep/],
  ] as const
  for (const [value, says] of cases)
    assert.match(problemOf(value) ?? '', says, JSON.stringify(value).slice(0, 60))
})
