/**
 * Keys that vendors mark with a prefix of their own. One row is one kind. A row's pattern bounds every
 * repetition, begins with one of its literals, and is checked on both sides for more of the same token.
 * Formats are as the vendors document them or as their own secret scanners match them, in 2026.
 */
import { isAfterAlphanumeric } from '../../boundary.ts'
import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

interface Row {
  readonly type: string
  readonly label: string
  readonly literals: readonly string[]
  readonly pattern: string
  /** The part of an example after its prefix; put together here so that no line looks like a live key. */
  readonly examples: readonly (readonly [string, string])[]
}

const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const mixed = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4bC6dE8fG0hJ2kL4mN6pQ8rS0tU2v'

const rows: readonly Row[] = [
  {
    type: 'openai-api-key',
    label: 'OpenAI API key',
    literals: ['sk-'],
    pattern: 'sk-(?:(?:proj|svcacct|service|admin|None)-[\\w-]{20,250}|[A-Za-z0-9]{32,64})',
    examples: [
      ['sk-proj-', `${mixed}T3BlbkFJ${mixed}`],
      ['sk-', mixed.slice(0, 48)],
    ],
  },
  {
    type: 'anthropic-api-key',
    label: 'Anthropic API key',
    literals: ['sk-ant-'],
    pattern: 'sk-ant-[a-z0-9]{3,12}-[\\w-]{24,250}',
    examples: [
      ['sk-ant-', `api03-${mixed}-${mixed.slice(0, 24)}AA`],
      ['sk-ant-', `admin01-${mixed}`],
    ],
  },
  {
    type: 'openrouter-api-key',
    label: 'OpenRouter API key',
    literals: ['sk-or-v1-'],
    pattern: 'sk-or-v1-[0-9a-f]{64}',
    examples: [['sk-or-', `v1-${hex}${hex}`]],
  },
  {
    type: 'github-token',
    label: 'GitHub token',
    literals: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: '(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})',
    examples: [
      ['ghp_', mixed.slice(0, 36)],
      ['github_pat_', `${mixed.slice(0, 22)}_${mixed.slice(0, 59)}`],
    ],
  },
  {
    type: 'gitlab-token',
    label: 'GitLab token',
    literals: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glsoat-', 'gloas-', 'glcbt-', 'glagent-'],
    pattern: 'gl(?:pat|dt|rt|ptt|ft|soat|oas|cbt|agent)-[\\w.-]{20,120}',
    examples: [['glpat-', mixed.slice(0, 20)]],
  },
  {
    type: 'slack-token',
    label: 'Slack token',
    literals: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    pattern: '(?:xox[abeoprs][-.]|xapp-)[A-Za-z0-9.-]{20,250}',
    examples: [['xoxb-', `123456789012-1234567890123-${mixed.slice(0, 24)}`]],
  },
  {
    type: 'slack-webhook',
    label: 'Slack webhook address',
    literals: ['hooks.slack.com/'],
    pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/+]{24,120}',
    examples: [['hooks.slack.com/', `services/T00AB12CD/B00EF34GH/${mixed.slice(0, 24)}`]],
  },
  {
    type: 'google-api-key',
    label: 'Google API key',
    literals: ['AIza'],
    pattern: 'AIza[\\w-]{35}',
    examples: [['AIza', `Sy${mixed.slice(0, 33)}`]],
  },
  {
    type: 'google-oauth-secret',
    label: 'Google OAuth client secret',
    literals: ['GOCSPX-'],
    pattern: 'GOCSPX-[\\w-]{28}',
    examples: [['GOCSPX-', mixed.slice(0, 28)]],
  },
  {
    type: 'stripe-key',
    label: 'Stripe key',
    literals: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
    pattern: '(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9+/]{32,64})',
    examples: [
      ['sk_live_', mixed.slice(0, 24)],
      ['whsec_', mixed.slice(0, 32)],
    ],
  },
  {
    type: 'huggingface-token',
    label: 'Hugging Face token',
    literals: ['hf_', 'api_org_'],
    pattern: '(?:hf|api_org)_[A-Za-z0-9]{34}',
    examples: [['hf_', mixed.slice(0, 34)]],
  },
  {
    type: 'npm-token',
    label: 'npm token',
    literals: ['npm_'],
    pattern: 'npm_[A-Za-z0-9]{36}',
    examples: [['npm_', mixed.slice(0, 36)]],
  },
  {
    type: 'pypi-token',
    label: 'PyPI token',
    literals: ['pypi-'],
    pattern: 'pypi-AgE[\\w-]{50,300}',
    examples: [['pypi-', `AgEIcHlwaS5vcmc${mixed}`]],
  },
  {
    type: 'docker-token',
    label: 'Docker Hub token',
    literals: ['dckr_pat_', 'dckr_oat_'],
    pattern: 'dckr_[po]at_[\\w-]{27,64}',
    examples: [['dckr_pat_', mixed.slice(0, 27)]],
  },
  {
    type: 'aws-bedrock-key',
    label: 'Amazon Bedrock API key',
    literals: ['ABSKQ', 'bedrock-api-key-'],
    pattern:
      '(?:ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{80,270}={0,2}|bedrock-api-key-YmVkcm9jay[A-Za-z0-9+/=]{40,2000})',
    examples: [
      ['ABSKQ', `mVkcm9ja0FQSUtleS${mixed}${mixed.slice(0, 40)}`],
      ['bedrock-api-key-', `YmVkcm9jay5hbWF6b25hd3MuY29t${mixed}`],
    ],
  },
  {
    type: 'digitalocean-token',
    label: 'DigitalOcean token',
    literals: ['dop_v', 'doo_v', 'dor_v'],
    pattern: 'do[opr]_v1_[0-9a-f]{64}',
    examples: [['dop_v1_', hex + hex]],
  },
  {
    type: 'databricks-token',
    label: 'Databricks token',
    literals: ['dapi'],
    pattern: 'dapi[0-9a-f]{32}(?:-\\d)?',
    examples: [['dapi', hex]],
  },
  {
    type: 'sendgrid-key',
    label: 'SendGrid API key',
    literals: ['SG.'],
    pattern: 'SG\\.[\\w-]{20,24}\\.[\\w-]{39,50}',
    examples: [['SG.', `${mixed.slice(0, 22)}.${mixed.slice(0, 43)}`]],
  },
  {
    type: 'shopify-token',
    label: 'Shopify token',
    literals: ['shpat_', 'shpss_', 'shpca_', 'shppa_'],
    pattern: 'shp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}',
    examples: [['shpat_', hex]],
  },
  {
    type: 'vault-token',
    label: 'HashiCorp Vault token',
    literals: ['hvs.', 'hvb.'],
    pattern: 'hv[sb]\\.[\\w-]{24,300}',
    examples: [['hvs.', `CAES${mixed}`]],
  },
  {
    type: 'terraform-token',
    label: 'Terraform Cloud token',
    literals: ['.atlasv'],
    pattern: '\\.atlasv1\\.[\\w-]{60,70}',
    examples: [['.atlasv1.', mixed]],
  },
  {
    type: 'azure-storage-key',
    label: 'Azure account key',
    literals: ['AccountKey=', 'SharedAccessKey='],
    pattern: '(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{42,86}={1,2}',
    examples: [['AccountKey=', `${mixed}${mixed.slice(0, 22)}==`]],
  },
  {
    type: 'grafana-token',
    label: 'Grafana token',
    literals: ['glsa_', 'glc_'],
    pattern: '(?:glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/]{32,400})',
    examples: [['glsa_', `${mixed.slice(0, 32)}_0a1b2c3d`]],
  },
  {
    type: 'model-vendor-key',
    label: 'API key of a model vendor',
    literals: ['gsk_', 'pplx-', 'xai-', 'fw_', 'tvly-'],
    pattern:
      '(?:gsk_[A-Za-z0-9]{52}|pplx-[A-Za-z0-9]{48,56}|xai-[A-Za-z0-9]{80}|fw_(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}|tvly-[\\w-]{32,64})',
    examples: [
      ['gsk_', mixed.slice(0, 52)],
      ['pplx-', mixed.slice(0, 48)],
    ],
  },
  {
    type: 'work-tool-token',
    label: 'token of a work tool',
    literals: ['ntn_', 'lin_api_', 'PMAK-', 'figd_', 'NRAK-', 'sq0atp-', 'sq0csp-', 'ATATT'],
    pattern:
      '(?:ntn_[A-Za-z0-9]{40,64}|lin_api_[A-Za-z0-9]{40}|PMAK-[0-9a-f]{24}-[0-9a-f]{34}|figd_[\\w-]{38,43}|NRAK-[A-Z0-9]{27}|sq0(?:atp|csp)-[\\w-]{22,43}|ATATT3[\\w=-]{60,300})',
    examples: [
      ['lin_api_', mixed.slice(0, 40)],
      ['PMAK-', `${hex.slice(0, 24)}-${hex}ab`],
    ],
  },
  {
    type: 'age-secret-key',
    label: 'age secret key',
    literals: ['AGE-SECRET-KEY-'],
    pattern: 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    examples: [['AGE-SECRET-', `KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`]],
  },
]

export const vendorKeys: readonly Detector[] = rows.map(detectorOf)

function detectorOf({ type, label, literals, pattern, examples }: Row): Detector {
  const shape = new RegExp(pattern, 'y')
  return {
    type,
    family: 'secret',
    class: 'restricted',
    label,
    trigger: { literals },
    examine: (text, start) => findKey(text, start, shape, label),
    proof: 'prefix, length and alphabet',
    finds: examples.flatMap(([prefix, rest]) => [`key=«${prefix}${rest}»`, `"«${prefix}${rest}»", next`]),
    ignores: examples.flatMap(([prefix, rest]) => [
      `x${prefix}${rest}`.replace('x.', 'x,'),
      `${prefix}${rest.slice(0, 8)}`,
      `${prefix}${rest.replace(/[A-Za-z0-9]/g, 'x')}`,
    ]),
    source: `the vendor's description of its keys; pattern /${pattern}/`,
  }
}

function findKey(text: string, start: number, shape: RegExp, label: string): readonly Match[] {
  if (isAlphanumeric(text.charCodeAt(start)) && isAfterAlphanumeric(text, start)) return nothing
  shape.lastIndex = start
  if (!shape.test(text)) return nothing
  const end = endWithoutPunctuation(text, start, shape.lastIndex)
  if (isAlphanumeric(text.charCodeAt(end)) || isFiller(text.slice(start, end))) return nothing
  return [{ start, end, score: 1, isProved: true, why: `prefix, length and alphabet of a key: ${label}` }]
}

/** A full stop or a dash after a key is the sentence's. */
function endWithoutPunctuation(text: string, start: number, end: number): number {
  let last = end
  while (last > start && (text[last - 1] === '.' || text[last - 1] === '-')) last--
  return last
}

/** Few different characters after the prefix: `ghp_xxxxxxxx` in a manual. */
const isFiller = (key: string): boolean => new Set(key.slice(-20)).size < 7
