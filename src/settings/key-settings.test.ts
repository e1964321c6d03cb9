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

test('they are shown by settings explain', () => {
  read('keys: { maxDays: 30 }', 'workloads:', `  ${workload()}`)
  const explained = explainSettings(traceSettings(environment))
  const keys = explained.find(({ key }) => key === 'identity.keys.maxDays')
  assert.deepEqual([keys?.value, keys?.from], [30, `${file}:3:11`])
  assert.ok(explained.some(({ key }) => key.startsWith('identity.workloads')))
})
