import { hex, keyRow, lower, mixed, upper, uuid, uuidShape, type VendorRow } from './row.ts'

/** Software as a service: documents, tickets, sales, design, devices. */
export const softwareKeys: readonly VendorRow[] = [
  keyRow('atlassian-token', 'Atlassian API token', ['ATATT'], 'ATATT3[\\w=-]{60,300}', [
    'ATATT3',
    mixed(180),
  ]),
  keyRow('linear-key', 'Linear API key', ['lin_api_', 'lin_oauth_'], 'lin_(?:api|oauth)_[A-Za-z0-9]{40,64}', [
    'lin_api_',
    mixed(40),
  ]),
  keyRow(
    'notion-token',
    'Notion token',
    ['ntn_', 'secret_'],
    '(?:ntn_(?=\\d{0,60}[A-Za-z])[A-Za-z0-9]{40,64}|secret_[A-Za-z0-9]{43})',
    ['ntn_', mixed(46)],
    ['secret_', mixed(43)],
  ),
  keyRow('figma-token', 'Figma token', ['figd_', 'figu_'], 'fig[du]_[\\w-]{36,46}', ['figd_', mixed(40)]),
  keyRow('hubspot-token', 'HubSpot token', ['pat-'], `pat-(?:na|eu|ap)\\d-${uuidShape}`, ['pat-na1-', uuid]),
  keyRow('clickup-token', 'ClickUp token', ['pk_'], 'pk_\\d{5,10}_[A-Z0-9]{28,34}', [
    'pk_',
    `1234567_${upper(32)}`,
  ]),
  keyRow('contentful-token', 'Contentful token', ['CFPAT-'], 'CFPAT-[\\w-]{43,64}', ['CFPAT-', mixed(43)]),
  keyRow('typeform-token', 'Typeform token', ['tfp_'], 'tfp_[\\w.=-]{40,62}', ['tfp_', mixed(44)]),
  keyRow('frameio-token', 'Frame.io token', ['fio-u-'], 'fio-u-[\\w-]{60,72}', ['fio-u-', mixed(64)]),
  keyRow('dropbox-token', 'Dropbox token', ['sl.'], 'sl\\.(?:u\\.)?[\\w-]{100,1500}', [
    'sl.',
    `B${mixed(140)}`,
  ]),
  keyRow(
    'mapbox-token',
    'Mapbox token',
    ['sk.ey', 'tk.ey', 'pk.ey'],
    '[pst]k\\.eyJ[\\w-]{40,200}\\.[\\w-]{20,24}',
    ['sk.eyJ', `${mixed(70)}.${mixed(22)}`],
  ),
  keyRow(
    'zapier-webhook',
    'Zapier webhook address',
    ['hooks.zapier.com/'],
    'hooks\\.zapier\\.com/hooks/catch/\\d{4,10}/[a-z0-9]{6,12}',
    ['hooks.zapier.com/hooks/catch/', '1234567/a7b2k9q'],
  ),
  keyRow('adafruit-key', 'Adafruit IO key', ['aio_'], 'aio_[A-Za-z0-9]{28}', ['aio_', mixed(28)]),
  keyRow('voiceflow-key', 'Voiceflow key', ['VF.'], 'VF\\.(?:DM|WS)\\.[0-9a-f]{24}\\.[A-Za-z0-9]{16}', [
    'VF.DM.',
    `${hex(24)}.${mixed(16)}`,
  ]),
  keyRow('scrapfly-key', 'Scrapfly key', ['scp-live-', 'scp-test-'], 'scp-(?:live|test)-[0-9a-f]{32}', [
    'scp-live-',
    hex(32),
  ]),
  keyRow('school-secret', '42 client secret', ['s-s4t'], 's-s4t2(?:ud|af)-[0-9a-f]{64}', [
    's-s4t2ud-',
    hex(64),
  ]),
  keyRow(
    'settlemint-token',
    'SettleMint token',
    ['sm_aat_', 'sm_pat_', 'sm_sat_'],
    'sm_[aps]at_[A-Za-z0-9]{16,40}',
    ['sm_pat_', mixed(16)],
  ),
  keyRow('stytch-secret', 'Stytch secret', ['secret-'], 'secret-(?:live|test)-[\\w=-]{36,48}', [
    'secret-',
    `live-${mixed(40)}`,
  ]),
  keyRow('lob-key', 'Lob API key', ['test_'], 'test_[0-9a-f]{35}', ['test_', hex(35)]),
  keyRow(
    'age-secret-key',
    'age secret key',
    ['AGE-SECRET-KEY-'],
    'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    ['AGE-SECRET-', `KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`],
  ),
  keyRow('teamwork-token', 'Teamwork token', ['tkn.v'], 'tkn\\.v1_[\\w=-]{60,100}', ['tkn.v1_', mixed(72)]),
  keyRow('supernotes-key', 'Supernotes key', ['supernotes_sk-'], 'supernotes_sk-[A-Z0-9]{36,50}', [
    'supernotes_sk-',
    upper(40),
  ]),
  keyRow('storecove-key', 'Storecove key', ['storecove_'], 'storecove_[A-Za-z0-9]{36,60}', [
    'storecove_',
    mixed(40),
  ]),
  {
    ...keyRow('rapidapi-key', 'RapidAPI key', ['msh'], 'msh[0-9a-f]{15}p1[0-9a-f]{5}jsn[0-9a-f]{12}', [
      lower(10).replace(/[g-z]/g, 'a'),
      `msh${hex(15)}p1${hex(5)}jsn${hex(12)}`,
    ]),
    lead: '[0-9a-f]{10}',
  },
]
