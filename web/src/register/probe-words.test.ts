import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProbeView } from '#/register/probes/api.ts'
import { contradictionText, endedText, probeRows } from './probe-words.ts'

const never: ProbeView = {
  ...{ connection: 'west', at: null, endpoint: null, addresses: [], tls: null, retention: null },
  ...{ facts: [], availability: null, problems: [] },
}

test('what was measured stands in rows, and what was not has none', () => {
  assert.deepEqual(probeRows(never), [])
  const tls = { protocol: 'TLSv1.3', issuer: 'Example CA', ends: '2027-01-02T10:00:00.000Z', problem: null }
  assert.deepEqual(
    probeRows({
      ...never,
      ...{ endpoint: 'mixed', addresses: ['10.0.0.1', '192.0.2.1'], tls },
      availability: { probes: 4, answered: 3, p50Ms: 80, p95Ms: 120 },
    }),
    [
      ['Endpoint', 'mixed: 10.0.0.1, 192.0.2.1'],
      ['TLS', 'TLSv1.3, certificate of Example CA until 2027-01-02'],
      ['Answered', '3 of the last 4 probes, half within 80 ms, 95 % within 120 ms'],
    ],
  )
})

test('a contradiction says who says what, and who counts', () => {
  assert.equal(
    contradictionText({ fact: 'privateEndpoint', by: 'doc', said: true, measured: false }),
    'privateEndpoint: document says true, probe says false. The probe counts.',
  )
})

test('a measured fact that ended is told of, one that holds is not', () => {
  const facts = [
    { fact: 'privateEndpoint', is: true, until: '2026-11-20', hasEnded: true },
    { fact: 'retentionDays', is: 0, until: '2026-12-20', hasEnded: false },
  ]
  assert.deepEqual(endedText({ ...never, facts }), [
    'privateEndpoint was last measured for 2026-11-20: the record counts again.',
  ])
})
