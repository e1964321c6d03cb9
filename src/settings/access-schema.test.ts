import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { SettingsError } from './problem.ts'
import { readSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-settings-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

function read(identity: string) {
  writeFileSync(
    file,
    `identity:\n  kind: embedded\n  scim: [{ id: staff, token: "env:SCIM_TOKEN" }]\n${identity}`,
  )
  return readSettings({ SALLYPORT_SETTINGS: file }).identity
}

function problemsOf(identity: string): readonly string[] {
  try {
    read(identity)
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.problems.map(({ key, problem }) => `${key} ${problem}`)
  }
  return assert.fail('the settings were taken')
}

test('groups of the directory give roles, and grants have a longest time', () => {
  const { groups, grants } = read(`  groups:
    - { group: 'staff:7a31', name: Law, roles: [legal, reviewer] }
  grants: { mostDays: 30 }
`)
  assert.deepEqual(groups, [{ group: 'staff:7a31', name: 'Law', roles: ['legal', 'reviewer'] }])
  assert.deepEqual(grants, { mostDays: 30, officeMostDays: 365 })
  assert.deepEqual(read("  groups: [{ group: 'staff:9', name: Finance }]\n").groups[0]?.roles, [])
  assert.deepEqual(read('').grants, { mostDays: 90, officeMostDays: 365 })
})

test('a group that makes owners is refused, with the reason and the way', () => {
  const [problem] = problemsOf("  groups: [{ group: 'staff:7', roles: [legal, owner] }]\n")
  assert.match(
    problem ?? '',
    /^identity\.groups\.0\.roles\.1 must not be owner: whoever edits the group would make owners; name them in identity\.owners/,
  )
})

test('what cannot be meant is refused: names for ids, everybody, no role, a group twice, times that contradict', () => {
  for (const [text, problem] of [
    ["  groups: [{ group: 'Marketing', roles: [legal] }]\n", /groups\.0\.group must be SOURCE:ID/],
    ["  groups: [{ group: 'staff:7', roles: [employee] }]\n", /everybody who signs in is one/],
    ["  groups: [{ group: 'staff:7', roles: [] }]\n", /groups\.0 must say a name, roles, or both/],
    ["  groups: [{ group: 'staff:7', roles: [boss] }]\n", /roles\.0 must be one of reviewer, security/],
    [
      "  groups: [{ group: 'staff:7', roles: [legal] }, { group: 'staff:7', roles: [product] }]\n",
      /groups must name each group once/,
    ],
    ['  grants: { mostDays: 366 }\n', /grants\.mostDays must be a whole number from 1 to 365/],
    [
      '  grants: { mostDays: 90, officeMostDays: 30 }\n',
      /officeMostDays must be at least identity\.grants\.mostDays/,
    ],
  ] as const)
    assert.match(problemsOf(text).join('\n'), problem)
})

test("a group that nothing tells of is refused: its roles would be nobody's", () => {
  const [problem] = problemsOf("  groups: [{ group: 'oidc:7', roles: [legal] }]\n")
  assert.match(
    problem ?? '',
    /^identity\.groups holds oidc:7, and nothing tells of its groups: .* there are: staff$/,
  )
})
