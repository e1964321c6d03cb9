/**
 * Keys with a form of their own that the page goes without: of vendors that are met less often, and whose form takes
 * more than a prefix to tell. They come with the classifier.
 */
import { decodeBase64Url } from '../base64.ts'
import { isIdentifier } from '../characters.ts'
import { type Detector, type Match, nothing } from '../detector.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { namedVendorKey, namedVendorKeys } from '../detectors/secret/named-vendor-keys.ts'
import { passwordHash } from '../detectors/secret/password-hash.ts'
import { vendorKey } from '../detectors/secret/vendor-keys.ts'
import { privateKeyForms } from './private-keys.ts'

/** Vendor, marks, pattern. Formats as the vendors document them or as their own secret scanners match them, in 2026. */
export const prefixed: readonly (readonly [label: string, literals: readonly string[], pattern: string])[] = [
  ['Nightfall API key', ['NF-'], 'NF-[A-Za-z0-9]{32}'],
  ['dfuse API key', ['web_', 'server_'], '(?:web|server)_[0-9a-f]{32}'],
  ['New Relic insights key', ['NRII-'], 'NRII-[\\w-]{25}'],
  // What every token of the security token service begins with: its origin, encoded.
  [
    'AWS session token',
    ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'],
    '(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/%]{200,4000}={0,2}',
  ],
  ['Google refresh token', ['1//0'], '1//0[\\w-]{60,200}'],
  ['NTLM answer', ['TlRMTVNTUAAD'], 'TlRMTVNTUAAD[A-Za-z0-9+/]{60,4000}={0,2}'],
]

/** Vendor, names, pattern: the name stands before it, then a word for a key or a sign. */
const named: readonly (readonly [label: string, names: readonly string[], pattern: string])[] = [
  ['Azure DevOps token', ['ado_', 'azure_devops', 'azuredevops'], '[a-z2-7]{52}'],
  ['weather service key', ['owm'], '(?=[a-z]{0,31}\\d)[0-9a-z]{32}'],
  ['Telegram bot token', ['telegram'], '\\d{8,10}:[\\w-]{35}'],
]

const asNamedSecret = ({ trigger, examine }: Detector): Detector => ({ ...namedSecret, trigger, examine })

/** `123456789012:…`, Base64 of twelve digits, a colon and twenty random bytes. */
const jiraToken = /[MNO][A-Za-z0-9+/]{43}/y
const facebookToken = /\|[\w-]{27}(?![\w-])/y
const mailgunKey = /-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])/y
const zohoToken = /\.[0-9a-f]{30,32}(?![\w-])/y
const replicateToken = /r8_[A-Za-z0-9]{37,45}(?![A-Za-z0-9])/y
const dropboxToken = /^[A-Za-z0-9]{11}A{10}[A-Za-z0-9]{43}$/
const salesforceSession = /00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,120}/y

/**
 * Kind, length of the last word, the whole. Sources: the scanner of secrets of Gitleaks (Airtable), that of TruffleHog
 * (Asana), tokens as Trello gives them out since 2022, Microsoft Purview (Azure DevOps).
 */
const wordsWithForm: readonly (readonly [type: string, length: number, pattern: RegExp])[] = [
  ['airtable-token', 64, /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}$/],
  ['asana-token', 32, /(?<![\w/])[0-2]\/\d{10,20}(?:\/\d{10,20})?:[0-9a-f]{32}$/],
  ['trello-key', 76, /ATTA[0-9a-f]{64}[0-9A-Fa-f]{8}$/],
  [namedSecret.type, 84, /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}$/],
]
/** From the beginning of a token to its last word: two ids of twenty digits and signs. */
const longestBeginning = 48
/** What manuals show repeats few signs. */
const fewestSigns = 7

const one = (start: number, end: number, why: string): readonly Match[] => [
  { start, end, score: 0.95, isProved: true, why },
]

function findJiraToken(text: string, start: number): readonly Match[] {
  if (/[A-Za-z0-9+]/.test(text.charAt(start - 1))) return nothing
  jiraToken.lastIndex = start
  const value = jiraToken.exec(text)?.[0]
  if (value === undefined || /[A-Za-z0-9+]/.test(text.charAt(start + value.length))) return nothing
  if (!/^\d{12}:/.test(decodeBase64Url(value.slice(0, 20)))) return nothing
  return one(start, start + value.length, 'an id and random bytes, as Jira and Confluence give out')
}

/** The number is the one of an app, what follows its secret. */
function findFacebookToken(text: string, start: number, end: number): readonly Match[] {
  facebookToken.lastIndex = end
  return facebookToken.test(text)
    ? one(start, facebookToken.lastIndex, 'the number of an app and its secret')
    : nothing
}

/** Groups of hexadecimal digits that tell a vendor by their lengths, from the one of 32 on. */
function findGroups(text: string, start: number, end: number): readonly Match[] {
  if (!/^[0-9a-f]+$/.test(text.slice(start, end))) return nothing
  mailgunKey.lastIndex = end
  if (mailgunKey.test(text)) return one(start, mailgunKey.lastIndex, 'groups of digits as in keys of Mailgun')
  zohoToken.lastIndex = end
  if (!text.startsWith('1000.', start - 5) || isIdentifier(text.charCodeAt(start - 6))) return nothing
  if (!zohoToken.test(text)) return nothing
  return one(start - 5, zohoToken.lastIndex, 'groups of digits as in tokens of Zoho')
}

function findSalesforceSession(text: string, start: number): readonly Match[] {
  salesforceSession.lastIndex = start
  if (isIdentifier(text.charCodeAt(start - 1)) || !salesforceSession.test(text)) return nothing
  return one(start, salesforceSession.lastIndex, 'an organisation and a session of Salesforce')
}

function findDropboxToken(text: string, start: number, end: number): readonly Match[] {
  const isToken = dropboxToken.test(text.slice(start, end))
  return isToken ? one(start, end, 'layout of a long-lived token of Dropbox') : nothing
}

function findReplicateToken(text: string, start: number): readonly Match[] {
  replicateToken.lastIndex = start - 1
  if (isIdentifier(text.charCodeAt(start - 2)) || !replicateToken.test(text)) return nothing
  return one(start - 1, replicateToken.lastIndex, 'prefix, length and alphabet of a key: Replicate API token')
}

/** A scheme of one digit at the start of a text or after a space: prices look so too until salt and hash follow. */
const findHash = (text: string, start: number): readonly Match[] =>
  text.charAt(start + 1) === '$' ? passwordHash.examine(text, start - 1, start) : nothing

/** A word of letters and digits that has a form of its own, with what stands before it. */
function wordWithForm([type, length, pattern]: (typeof wordsWithForm)[number]): Detector {
  const kind = namedVendorKeys.find((each) => each.type === type) ?? namedSecret
  return {
    ...kind,
    trigger: { mixed: { shortest: length, longest: length } },
    examine: (text, start, end) => {
      const token = pattern.exec(text.slice(Math.max(0, start - longestBeginning), end))?.[0]
      if (token === undefined || new Set(token.slice(-20)).size < fewestSigns) return nothing
      return one(end - token.length, end, `length, signs and alphabet of a key: ${kind.label}`)
    },
  }
}

export const markedSecrets: readonly Detector[] = [
  ...prefixed.map(([label, literals, pattern]) =>
    asNamedSecret(vendorKey({ type: namedSecret.type, label, literals, pattern, examples: [] })),
  ),
  ...named.map(([label, names, pattern]) =>
    asNamedSecret(namedVendorKey({ type: namedSecret.type, label, names, pattern, example: '' })),
  ),
  {
    ...namedSecret,
    trigger: { literals: ['MD', 'MT', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT'] },
    examine: findJiraToken,
  },
  {
    ...namedSecret,
    trigger: { digits: 13, most: 17, touching: { before: '|', after: '|' } },
    examine: findFacebookToken,
  },
  { ...namedSecret, trigger: { mixed: { shortest: 32, longest: 32 } }, examine: findGroups },
  { ...namedSecret, trigger: { mixed: { shortest: 64, longest: 64 } }, examine: findDropboxToken },
  {
    ...namedSecret,
    trigger: { digits: 1, most: 1, touching: { before: 'r', after: 'r' } },
    examine: findReplicateToken,
  },
  {
    ...namedSecret,
    trigger: { digits: 2, most: 2, touching: { before: 'D', after: 'D' } },
    examine: findSalesforceSession,
  },
  ...wordsWithForm.map(wordWithForm),
  ...privateKeyForms,
  // Alone in a text, where no sign before it tells it from a price.
  {
    ...passwordHash,
    trigger: { digits: 1, most: 1, touching: { before: '$', after: '$' } },
    examine: findHash,
  },
]
