import { hex, keyRow, mixed, upper, uuid, uuidShape, type VendorRow } from './row.ts'

/** Metrics, logs, errors, analytics. */
export const observabilityKeys: readonly VendorRow[] = [
  keyRow(
    'grafana-token',
    'Grafana token',
    ['glsa_', 'glc_', 'eyJrIjoi'],
    '(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2}|eyJrIjoi[A-Za-z0-9+/]{60,400}={0,2})',
    ['glsa_', `${mixed(32)}_0a1b2c3d`],
    ['eyJrIjoi', mixed(90)],
  ),
  keyRow(
    'sentry-token',
    'Sentry token',
    ['sntrys_', 'sntryu_'],
    '(?:sntrys_eyJ[\\w+/=]{80,500}|sntryu_[0-9a-f]{64})',
    ['sntryu_', hex(64)],
  ),
  keyRow(
    'dynatrace-token',
    'Dynatrace token',
    ['dt0c', 'dt0s'],
    'dt0[cs]\\d\\d\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}',
    ['dt0c01.', `${upper(24)}.${upper(64)}`],
  ),
  keyRow(
    'new-relic-key',
    'New Relic key',
    ['NRAK-', 'NRJS-', 'NRII-', 'NRBR-', 'NRAA-', 'NRRA-'],
    'NR(?:AK-[A-Z0-9]{27}|JS-[0-9a-f]{19}|BR-[0-9a-f]{19}|II-[\\w-]{26,32}|AA-[a-f0-9]{27}|RA-[a-f0-9]{42})',
    ['NRAK-', upper(27)],
  ),
  {
    ...keyRow('new-relic-license', 'New Relic license key', ['NRAL'], 'NRAL', [hex(36), 'NRAL']),
    lead: '(?:[0-9a-f]{36}|eu01x[0-9a-fx][0-9a-f]{30})',
  },
  keyRow(
    'posthog-key',
    'PostHog key',
    ['phc_', 'phr_', 'phs_', 'phx_', 'pha_'],
    'ph[acrsx]_[A-Za-z0-9_]{36,64}',
    ['phx_', mixed(43)],
  ),
  keyRow('segment-token', 'Segment token', ['sgp_'], 'sgp_(?=[0-9a-f]{0,63}[g-zA-Z])[A-Za-z0-9]{64}', [
    'sgp_',
    mixed(64),
  ]),
  keyRow('honeycomb-key', 'Honeycomb key', ['hcaik_', 'hcaic_', 'hcamk_'], 'hca[im][kc]_[a-z0-9]{50,64}', [
    'hcaik_',
    `01${'k7q2m9xa3bcd4efg5hij6wtn7pqr8suz'.repeat(2).slice(0, 56)}`,
  ]),
  keyRow('axiom-token', 'Axiom token', ['xaat-', 'xapt-'], `xa[ap]t-${uuidShape}`, ['xaat-', uuid]),
  keyRow('logfire-token', 'Logfire token', ['pylf_v'], 'pylf_v\\d_[a-z]{2}_[A-Za-z0-9]{43}', [
    'pylf_v1_',
    `eu_${mixed(43)}`,
  ]),
  {
    ...keyRow('maxmind-key', 'MaxMind license key', ['_mmk'], '_mmk', [`${mixed(6)}_${mixed(29)}`, '_mmk']),
    lead: '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}',
  },
  keyRow('ubidots-token', 'Ubidots token', ['BBFF-', 'BBUS-'], 'BB(?:FF|US)-[A-Za-z0-9]{30}', [
    'BBFF-',
    mixed(30),
  ]),
]
