import { hex, keyRow, lower, mixed, upper, uuid, uuidShape, type VendorRow } from './row.ts'

/** Clouds, hosting, databases as a service and the tools that set them up. */
export const cloudKeys: readonly VendorRow[] = [
  keyRow(
    'aws-bedrock-key',
    'Amazon Bedrock API key',
    ['ABSK', 'bedrock-api-key-'],
    '(?:ABSK[A-Za-z0-9+/]{109,270}={0,2}|bedrock-api-key-YmVkcm9jay[A-Za-z0-9+/=]{40,2000})',
    ['ABSKQ', `mVkcm9ja0FQSUtleS${mixed(104)}`],
    ['bedrock-api-key-', `YmVkcm9jay5hbWF6b25hd3MuY29t${mixed(64)}`],
  ),
  keyRow('google-api-key', 'Google API key', ['AIza'], 'AIza[\\w-]{35}', ['AIza', `Sy${mixed(33)}`]),
  keyRow('google-oauth-secret', 'Google OAuth client secret', ['GOCSPX-'], 'GOCSPX-[\\w-]{28}', [
    'GOCSPX-',
    mixed(28),
  ]),
  keyRow('google-access-token', 'Google access token', ['ya29.'], 'ya29\\.[\\w-]{22,900}', [
    'ya29.',
    `a0Af${mixed(64)}`,
  ]),
  keyRow(
    'azure-storage-key',
    'Azure account key',
    ['AccountKey=', 'SharedAccessKey='],
    '(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{42,86}={1,2}',
    ['AccountKey=', `${mixed(86)}==`],
  ),
  {
    ...keyRow('azure-client-secret', 'Microsoft Entra client secret', ['Q~'], 'Q~[\\w~.-]{31,34}', [
      'aB3',
      `8Q~${mixed(34)}`,
    ]),
    lead: '[\\w~.-]{3}\\d',
  },
  {
    ...keyRow('azure-resource-key', 'key of an Azure service', ['JQQJ'], 'JQQJ[A-Za-z0-9]{28,30}={0,2}', [
      mixed(52),
      `JQQJ99AB${mixed(24)}`,
    ]),
    lead: '[A-Za-z0-9]{52}',
  },
  keyRow('azure-signature', 'Azure shared access signature', ['sig='], 'sig=[A-Za-z0-9%+/]{43,63}(?:%3D|=)', [
    'sig=',
    `${mixed(43)}%3D`,
  ]),
  keyRow('alibaba-access-key', 'Alibaba Cloud access key id', ['LTAI'], 'LTAI[A-Za-z0-9]{12,22}', [
    'LTAI',
    mixed(20),
  ]),
  keyRow('tencent-secret-id', 'Tencent Cloud secret id', ['AKID'], 'AKID[A-Za-z0-9]{32}', [
    'AKID',
    mixed(32),
  ]),
  keyRow('yandex-cloud-key', 'Yandex Cloud API key', ['AQVN'], 'AQVN[\\w-]{35,38}', ['AQVN', mixed(36)]),
  keyRow('akamai-credential', 'Akamai EdgeGrid credential', ['akab-'], 'akab-[a-z0-9]{16}-[a-z0-9]{16}', [
    'akab-',
    `${lower(16)}-${lower(16)}`,
  ]),
  keyRow('digitalocean-token', 'DigitalOcean token', ['dop_v', 'doo_v', 'dor_v'], 'do[opr]_v1_[0-9a-f]{64}', [
    'dop_v1_',
    hex(64),
  ]),
  keyRow('heroku-api-key', 'Heroku API key', ['HRKU-'], 'HRKU-[\\w-]{36,70}', ['HRKU-', uuid]),
  keyRow('fly-token', 'Fly.io token', ['fo1_', 'fm2_'], '(?:fo1_[\\w-]{43}|fm2_[A-Za-z0-9+/=]{100,2000})', [
    'fo1_',
    mixed(43),
  ]),
  keyRow(
    'vercel-token',
    'Vercel token',
    ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
    'vc[aikpr]_[A-Za-z0-9]{24,80}',
    ['vcp_', mixed(56)],
  ),
  keyRow(
    'netlify-token',
    'Netlify token',
    ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'],
    'nf[bcopu]_[A-Za-z0-9]{36}',
    ['nfp_', mixed(36)],
  ),
  keyRow('cloudflare-token', 'Cloudflare token', ['cfat_', 'cfut_', 'cfk_'], 'cf(?:at|ut|k)_[\\w-]{40,60}', [
    'cfut_',
    mixed(48),
  ]),
  keyRow('scaleway-access-key', 'Scaleway access key', ['SCW'], 'SCW(?=[A-Z]{0,16}\\d)[A-Z0-9]{17}', [
    'SCW',
    upper(17),
  ]),
  keyRow('render-api-key', 'Render API key', ['rnd_'], 'rnd_[A-Za-z0-9]{28,32}', ['rnd_', mixed(32)]),
  keyRow('upcloud-token', 'UpCloud token', ['ucat_'], 'ucat_[A-Z0-9]{26}', ['ucat_', upper(26)]),
  keyRow('pulumi-token', 'Pulumi token', ['pul-'], 'pul-[0-9a-f]{40}', ['pul-', hex(40)]),
  keyRow('terraform-token', 'Terraform Cloud token', ['.atlasv'], '\\.atlasv1\\.[\\w-]{60,70}', [
    '.atlasv1.',
    mixed(64),
  ]),
  keyRow('vault-token', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], 'hv[bsr]\\.[\\w-]{24,300}', [
    'hvs.',
    `CAES${mixed(64)}`,
  ]),
  keyRow('infracost-api-key', 'Infracost API key', ['ico-'], '(?<!\\.)ico-[A-Za-z0-9]{32}', [
    'ico-',
    mixed(32),
  ]),
  keyRow('prefect-api-key', 'Prefect API key', ['pnu_', 'pnb_'], 'pn[bu]_[A-Za-z0-9]{36}', [
    'pnu_',
    mixed(36),
  ]),
  keyRow('databricks-token', 'Databricks token', ['dapi'], 'dapi[0-9a-f]{32}(?:-\\d)?', ['dapi', hex(32)]),
  keyRow(
    'planetscale-credential',
    'PlanetScale credential',
    ['pscale_'],
    'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,64}',
    ['pscale_', `tkn_${mixed(43)}`],
  ),
  keyRow(
    'supabase-key',
    'Supabase key',
    ['sbp_', 'sb_secret_'],
    '(?:sbp_(?:v0_)?[0-9a-z]{40}|sb_secret_[\\w-]{31,40})',
    ['sbp_', hex(40)],
    ['sb_secret_', mixed(31)],
  ),
  keyRow('neon-api-key', 'Neon API key', ['napi_'], 'napi_[a-z0-9]{60,68}', ['napi_', lower(64)]),
  keyRow('aiven-password', 'Aiven service password', ['AVNS_'], 'AVNS_[\\w-]{19}', ['AVNS_', mixed(19)]),
  keyRow('mongodb-atlas-secret', 'MongoDB Atlas client secret', ['mdb_sa_sk_'], 'mdb_sa_sk_[\\w-]{40}', [
    'mdb_sa_sk_',
    mixed(40),
  ]),
  keyRow('confluent-secret', 'Confluent API secret', ['cflt'], 'cflt[A-Za-z0-9+/]{60}', ['cflt', mixed(60)]),
  keyRow(
    'nats-seed',
    'NATS nkey seed',
    ['SU', 'SA', 'SO', 'SN', 'SC', 'SX'],
    'S[UAONCX](?=[A-Z]{0,55}[2-7])[A-Z2-7]{56}',
    [
      'SU',
      upper(64)
        .replace(/[^A-Z2-7]/g, 'R')
        .slice(0, 56),
    ],
  ),
  keyRow('openshift-token', 'OpenShift token', ['sha256~'], 'sha256~[\\w-]{43}', ['sha256~', mixed(43)]),
  keyRow(
    'tailscale-key',
    'Tailscale key',
    ['tskey-'],
    'tskey-[a-z]{3,9}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{16,40}',
    ['tskey-', `auth-${mixed(17)}-${mixed(32)}`],
  ),
  keyRow(
    'defined-networking-key',
    'Defined Networking key',
    ['dnkey-'],
    'dnkey-[A-Z2-7=_-]{26}-[A-Z2-7=_-]{52}',
    [
      'dnkey-',
      `${upper(64)
        .replace(/[^A-Z2-7]/g, 'R')
        .slice(0, 26)}-${upper(64)
        .replace(/[^A-Z2-7]/g, 'R')
        .slice(0, 52)}`,
    ],
  ),
  keyRow(
    'doppler-token',
    'Doppler token',
    ['dp.'],
    'dp\\.(?:ct|pt|st|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
    ['dp.pt.', mixed(43)],
  ),
  keyRow('onepassword-token', '1Password service account token', ['ops_eyJ'], 'ops_eyJ[\\w+/=-]{150,1500}', [
    'ops_eyJ',
    mixed(256),
  ]),
  keyRow('launchdarkly-key', 'LaunchDarkly key', ['sdk-', 'api-'], `(?:sdk|api)-${uuidShape}`, [
    'sdk-',
    uuid,
  ]),
]
