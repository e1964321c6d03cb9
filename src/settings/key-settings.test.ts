import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { explainSettings } from './explain.ts'
import { SettingsError } from './problem.ts'
import { readSettings, traceSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-settings-keys-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

const environment = { SALLYPORT_SETTINGS: file, SALLYPORT_DATA: join(folder, 'data') }

function read(...lines: readonly string[]) {
  writeFileSync(file, `identity:\n  kind: embedded\n${lines.map((line) => `  ${line}\n`).join('')}`)
  return readSettings(environment).identity
}

function problemsOf(...lines: readonly string[]): string {
  try {
    read(...lines)
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.problems.map(({ key, problem }) => `${key} ${problem}`).join('\n')
  }
  return assert.fail('the settings were taken')
}

const workload = (more = '', claims = 'claims: { sub: one }') =>
  `- { id: github, issuer: "https://tokens.example.com", audience: gate, ${claims}, service: builds, useCase: review, highestClass: internal${more} }`

test('keys live ninety days unless said otherwise, a year at most, with and without a settings file', () => {
  const usual = { defaultDays: 90, maxDays: 365, alertMachines: 10 }
  assert.deepEqual(readSettings({}).identity.keys, usual)
  assert.deepEqual(read().keys, usual)
  assert.deepEqual(read('keys: { maxDays: 30 }').keys, { ...usual, defaultDays: 30, maxDays: 30 })
  assert.deepEqual(read('keys: { defaultDays: 7, alertMachines: 0 }').keys, {
    ...usual,
    defaultDays: 7,
    alertMachines: 0,
  })
})

test('the same settings go with people of a provider', () => {
  const oidc = `identity:\n  kind: oidc\n  issuer: https://login.example.com\n  clientId: gate\n  keys: { maxDays: 14 }\n  workloads:\n    ${workload()}\n`
  writeFileSync(file, oidc)
  const { keys, workloads } = readSettings(environment).identity
  assert.deepEqual([keys.maxDays, keys.defaultDays, workloads.length], [14, 14, 1])
})

test('a workload says what its tokens must be and what its keys are bound to', () => {
  assert.deepEqual(read('workloads:', `  ${workload()}`).workloads, [
    {
      id: 'github',
      issuer: 'https://tokens.example.com',
      audience: 'gate',
      claims: { sub: 'one' },
      service: 'builds',
      useCase: 'review',
      highestClass: 'internal',
      jwksUrl: undefined,
      lifeMinutes: 15,
      singleUse: false,
    },
  ])
})

test('what could not be held, or would let everybody in, stops the start', () => {
  assert.match(
    problemsOf('keys: { defaultDays: 90, maxDays: 30 }'),
    /identity\.keys\.defaultDays must be at most/,
  )
  assert.match(problemsOf('keys: { maxDays: 0 }'), /a whole number from 1 to 3650/)
  assert.match(problemsOf('keys: { moneyPerDay: 3 }'), /moneyPerDay/)
  const wrong = (...lines: readonly string[]) => problemsOf('workloads:', ...lines.map((line) => `  ${line}`))
  assert.match(wrong(workload('', 'claims: {}')), /must name at least one claim with a value/)
  assert.match(wrong(workload('', 'claims: { sub: "**" }')), /must name at least one claim with a value/)
  assert.match(wrong(workload('', 'claims: { sub: "a*b*c*d*e*f" }')), /at most four stars/)
  assert.match(wrong(workload(', lifeMinutes: 61')), /from 1 to 60/)
  assert.match(wrong(workload(', jwksUrl: "http://elsewhere.example.com"')), /jwksUrl/)
  assert.match(wrong(workload(), workload()), /holds github twice/)
  const other = workload(', jwksUrl: "https://keys.example.com/jwks"').replace('id: github', 'id: other')
  assert.match(wrong(workload(), other), /different jwksUrl for the issuer/)
})

test('claims that every repository has let nobody in: the settings must name whose it is', () => {
  const at = (issuer: string, claims: string) =>
    workload('', `claims: { ${claims} }`).replace('https://tokens.example.com', issuer)
  const wrong = (issuer: string, claims: string) => problemsOf('workloads:', `  ${at(issuer, claims)}`)
  const taken = (issuer: string, claims: string) =>
    read('workloads:', `  ${at(issuer, claims)}`).workloads[0]?.singleUse
  const github = 'https://token.actions.githubusercontent.com'
  const strangers: readonly (readonly [issuer: string, claims: string])[] = [
    [github, 'ref: refs/heads/main'],
    [github, 'ref: refs/heads/main, environment: production'],
    [github, 'sub: "repo:*/app:ref:refs/heads/main"'],
    [github, 'sub: "repo:acme*/**"'],
    [github, 'repository: "*/app"'],
    [github, 'repository_owner: "acme*"'],
    [github, 'job_workflow_ref: "acme/flows/.github/workflows/build.yml@refs/heads/main"'],
    [`${github}/`, 'actor: ada'],
    ['https://gitlab.com', 'ref: main, ref_protected: "true"'],
    ['https://gitlab.com', 'sub: "project_path:*:ref_type:branch:ref:main"'],
    ['https://agent.buildkite.com', 'build_branch: main'],
    ['https://accounts.google.com', 'email_verified: "true"'],
  ]
  for (const [issuer, claims] of strangers)
    assert.match(
      wrong(issuer, claims),
      /holds github, whose claims would let in anybody .* name your own/,
      claims,
    )
  assert.match(wrong('https://git.example.com', 'ref: main'), /must name who the token is of, not only ref/)
  const own: readonly (readonly [issuer: string, claims: string, singleUse: boolean])[] = [
    [github, 'sub: "repo:acme/*:ref:refs/heads/main"', true],
    [github, 'sub: "repo:acme@1/app@2:environment:production"', true],
    [github, 'repository: "acme/*", ref: refs/heads/main', true],
    [github, 'repository_owner_id: "65"', true],
    ['https://gitlab.com', 'namespace_path: acme, ref: main', false],
    ['https://git.example.com', 'project_path: "acme/app", ref: main', false],
  ]
  for (const [issuer, claims, singleUse] of own) assert.equal(taken(issuer, claims), singleUse, claims)
})

test('they are shown by settings explain', () => {
  read('keys: { maxDays: 30 }', 'workloads:', `  ${workload()}`)
  const explained = explainSettings(traceSettings(environment))
  const keys = explained.find(({ key }) => key === 'identity.keys.maxDays')
  assert.deepEqual([keys?.value, keys?.from], [30, `${file}:3:11`])
  assert.ok(explained.some(({ key }) => key.startsWith('identity.workloads')))
})
