import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProbeAnswer } from '#/register/probes/api.ts'
import { run } from './test-world.ts'

const answer = (problems: readonly string[]): ProbeAnswer => ({
  offering: 'west',
  probe: {
    ...{ connection: 'west', at: '2026-11-26T12:00:00.000Z', endpoint: 'mixed', addresses: ['10.0.0.1'] },
    tls: { protocol: 'TLSv1.3', issuer: 'Example CA', ends: '2027-01-02T10:00:00.000Z', problem: null },
    retention: { kind: 'openai', mode: 'none' },
    ...{ facts: [], availability: { probes: 2, answered: 1, p50Ms: 8, p95Ms: 8 }, problems },
  },
  contradictions: [{ fact: 'privateEndpoint', said: true, by: 'doc', measured: false }],
  changed: ['privateEndpoint'],
  ceiling: { class: 'confidential', reasons: [] },
})

const probe = (problems: readonly string[], ...more: readonly string[]) =>
  run(['offering', 'probe', 'west', ...more], {
    environment: { SALLYPORT_DATA: '/nowhere' },
    handlers: { 'offering.probe': async () => answer(problems) },
  })

test('a probe is told line by line, with what it contradicts', async () => {
  const { out, exitCode } = await probe([])
  assert.equal(exitCode, 0)
  assert.match(out, /endpoint +mixed \(10\.0\.0\.1\)/)
  assert.match(out, /tls +TLSv1\.3, certificate of Example CA until 2027-01-02/)
  assert.match(out, /contradiction +privateEndpoint: doc says true, probe says false/)
  assert.match(out, /carries +confidential/)
})

test('a problem makes the exit code 1, and --json gives all of it', async () => {
  assert.equal((await probe(['It offers TLSv1.1; TLS 1.2 is the least.'])).exitCode, 1)
  const { out } = await probe([], '--json')
  assert.equal((JSON.parse(out) as ProbeAnswer).changed[0], 'privateEndpoint')
})
