/**
 * Private keys without the lines around them that PEM has: values of settings, files of PuTTY, JSON Web Keys. They come
 * with the classifier.
 * Sources: RFC 5958, RFC 8017, RFC 5915 and X.690 (the first bytes); PuTTY 0.83 manual, appendix C; RFC 7517 and 7518.
 */
import { isAfterAlphanumeric } from '../boundary.ts'
import { type Detector, type Match, nothing } from '../detector.ts'
import { privateKey } from '../detectors/secret/private-key.ts'

const one = (start: number, end: number, why: string): readonly Match[] => [
  { start, end, score: 0.95, isProved: true, why },
]

/** The first bytes of PKCS#8 for RSA and elliptic curves, and of PKCS#1, in Base64. */
const derStart =
  /MI[A-Za-z0-9+/]{2,6}(?:IBADANBgkqhkiG9w0BAQEFAASC|IBAAKC|AgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG)/
/** Where a line of it ends, also in source text, and the next one is indented. */
const lineEnd = /(?:(?:\\r)?\\n|\r?\n)[ \t]{0,16}/
/** The last line goes up to where a line or a value ends, so that no sentence behind the key is taken for it. */
const lastLine = /[A-Za-z0-9+/]{1,75}={0,2}(?![^\s\\"'`,;]|[ \t]{1,4}\S)/
/** Broken into lines as long as tools write them, or in one. */
const derRest = [
  `[A-Za-z0-9+/]{0,72}(?:${lineEnd.source}[A-Za-z0-9+/]{60,76}){1,120}(?:${lineEnd.source}${lastLine.source})?={0,2}`,
  '[A-Za-z0-9+/]{60,6000}={0,2}',
]
const derKey = new RegExp(`${derStart.source}(?:${derRest.join('|')})`, 'y')
/** How far before the mark inside it such a key begins at most. */
const derReach = 8

const puttyKey = /Private-Lines: \d{1,3}\r?\n((?:[A-Za-z0-9+/]{1,64}={0,2}(?:\r?\n|$)){1,200})/y

/** The private half of a key file of PuTTY. */
function findPuttyKey(text: string, start: number): readonly Match[] {
  puttyKey.lastIndex = start
  const lines = puttyKey.exec(text)?.[1]
  if (lines === undefined) return nothing
  const end = puttyKey.lastIndex - (lines.length - lines.trimEnd().length)
  return one(puttyKey.lastIndex - lines.length, end, 'the private lines of a key file')
}

/** A private key without the lines around it: the value of a setting. */
function findDerKey(text: string, start: number): readonly Match[] {
  for (let from = Math.max(0, start - derReach); from <= start - 4; from++) {
    derKey.lastIndex = from
    if (isAfterAlphanumeric(text, from) || !derKey.test(text)) continue
    return one(from, derKey.lastIndex, 'the first bytes of a private key, encoded')
  }
  return nothing
}

/** Of RSA each prime, and each exponent for one, gives the whole key away as `d` does. */
const privateMember = /"(?:[dkpq]|d[pq]|qi)\\?"\s{0,4}:\s{0,4}\\?"([\w-]{16,1400})\\?"/g
/** How far a member of a JSON Web Key stands from the one that names its kind: RSA of 8,192 bits has 6,200 characters. */
const jwkReach = 7_000

/** The private parts, or the symmetric one, of a JSON Web Key, inside the braces around `kty`. */
function findJsonWebKey(text: string, start: number): readonly Match[] {
  const least = Math.max(0, start - jwkReach)
  const before = text.slice(least, start)
  const open = before.lastIndexOf('{')
  // A second member of the kind in one object says nothing new.
  if (open === -1 || before.includes('"kty', open)) return nothing
  const after = text.slice(start, start + jwkReach)
  const close = after.search(/[{}]/)
  const object = before.slice(open) + (close === -1 ? after : after.slice(0, close))
  return [...object.matchAll(privateMember)].flatMap(({ 0: member, 1: value = '', index }) => {
    const at = least + open + index + member.indexOf(value, 4)
    return one(at, at + value.length, 'a private part of a JSON Web Key')
  })
}

const head = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y
/** What may stand between the head of a key and the end of a text: the end of a line, as source text has it, and quotes. */
const nothingMore = /(?:\\{1,4}[rn]|[\s"'`+;,)}\]]){0,24}$/y
/** Two words right before it: somebody speaks about such lines. */
const spokenOf = /[A-Za-z]{2,} {1,2}[A-Za-z]{2,}[ :,(]{1,3}["'`\u201c\u00ab]?$/

/** The head alone, at the end of a text: the rest was left out, or comes with the next one. */
function findHead(text: string, start: number): readonly Match[] {
  head.lastIndex = start
  if (!head.test(text)) return nothing
  const end = head.lastIndex
  nothingMore.lastIndex = end
  if (!nothingMore.test(text) || spokenOf.test(text.slice(Math.max(0, start - 40), start))) return nothing
  return [{ start, end, score: 0.6, why: 'the head of a private key, at the end of a text' }]
}

export const privateKeyForms: readonly Detector[] = [
  { ...privateKey, trigger: { literals: ['-----BEGIN '] }, examine: findHead },
  {
    ...privateKey,
    trigger: { literals: ['IBADANBgkqhkiG9w0BAQEFAASC', 'IBAAKC', 'AgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG'] },
    examine: findDerKey,
  },
  { ...privateKey, trigger: { literals: ['Private-Lines: '] }, examine: findPuttyKey },
  { ...privateKey, trigger: { literals: ['"kty', '\\"kty'] }, examine: findJsonWebKey },
]
