import { isAfterEscape } from '../../boundary.ts'
import { isAlphanumeric, isIdentifier, isLetter, isUnspacedUnit, isWordUnit } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Longest local part and domain. Source: RFC 5321, section 4.5.3.1. */
const longestLocal = 64
const longestDomain = 255
/** Source: RFC 1035, section 2.3.4. */
const longestLabel = 63
/** What of an escape can pass for the beginning of an address: `u003c`. */
const longestEscapeEnd = 5

const hyphen = 45
const dot = 46

/** Names of files, not of networks: `logo@2x.png`. None is a top-level domain. */
const fileEndings = new Set(
  `png jpg jpeg gif svg webp avif ico css scss js mjs cjs ts tsx jsx json html xml yaml yml csv txt log lock toml
  pdf docx xlsx jar tgz gz dll exe woff ttf`.split(/\s+/),
)

function findEmail(text: string, at: number): readonly Match[] {
  if (!mayBeDomain(text, at + 1)) return nothing
  const end = endOfDomain(text, at + 1)
  if (end === undefined) return nothing
  const start = startOfLocal(text, at)
  if (start === at) return nothing
  if (isUserOfUrl(text, start)) return nothing
  // `git@host:path` names a repository, nobody's address.
  if (text.slice(start, at) === 'git' && text[end] === ':') return nothing
  return [{ start, end, score: 0.95, why: 'has the form of an e-mail address with a possible domain' }]
}

/** `https://anna@host` and `https://anna:password@host`: a user of that host, nobody's address. */
const isUserOfUrl = (text: string, start: number): boolean =>
  /[/:]/.test(text.charAt(start - 1)) &&
  /:\/\/(?:[^\s/?#"'<>@]{0,64}:)?$/.test(text.slice(Math.max(0, start - 70), start))

function startOfLocal(text: string, at: number): number {
  if (at > 0 && isUnspacedUnit(text.charCodeAt(at - 1))) return startOfRun(text, at, isUnspacedUnit)
  let start = startOfRun(text, at, isLocal)
  while (start < at && !isEdge(text.charCodeAt(start))) start++
  start = afterEscapes(text, start, at)
  return start >= at || text[at - 1] === '.' ? at : start
}

/** In the source of another text `\n`, `%3C` or a colour code before an address is no part of it. */
function afterEscapes(text: string, start: number, at: number): number {
  const percent = text.slice(start, at).search(/%(?:2[\dA-F]|3[A-F]|0[9AD])[^%]*$/i)
  if (percent >= 0) return start + percent + 3
  if (!/[\\%[;]/.test(text.charAt(start - 1))) return start
  for (let end = start + 1; end <= start + longestEscapeEnd; end++) if (isAfterEscape(text, end)) return end
  return start
}

function startOfRun(text: string, at: number, isPart: (code: number) => boolean): number {
  let start = at
  while (start > 0 && at - start < longestLocal && isPart(text.charCodeAt(start - 1))) start--
  return start
}

/**
 * Letters of scripts that space their words, digits and the punctuation that addresses really have. Where words are
 * not spaced, the sentence before an address would otherwise belong to it.
 */
const isLocal = (code: number): boolean =>
  isEdge(code) || code === dot || code === 37 || code === 43 || code === hyphen || code === 39

const isEdge = (code: number): boolean => isIdentifier(code) || (code > 127 && isWordUnit(code))

/** A label of ASCII is followed by a dot: most signs in code and in rows of them are followed by something else. */
function mayBeDomain(text: string, start: number): boolean {
  let end = start
  while (
    end - start <= longestLabel &&
    (isAlphanumeric(text.charCodeAt(end)) || text.charCodeAt(end) === hyphen)
  )
    end++
  const code = text.charCodeAt(end)
  return code === dot ? end > start : code > 127
}

/** End of the last label that may be a top-level domain, or undefined. */
function endOfDomain(text: string, start: number): number | undefined {
  let end: number | undefined
  let labels = 0
  let index = start
  while (index - start < longestDomain) {
    const label = index
    index = endOfLabel(text, label)
    const last = lastOfLabel(text, label, index)
    if (last === label || index - label > longestLabel) break
    labels++
    if (labels > 1 && isTopLevel(text.slice(label, last))) end = last
    if (last !== index || text.charCodeAt(index) !== dot) break
    index++
  }
  return end
}

/** Where a label ends: at the first unit that is none of it, and where a script without spaces begins. */
function endOfLabel(text: string, start: number): number {
  const isPart = isUnspacedUnit(text.charCodeAt(start)) ? isUnspacedUnit : isDomain
  let end = start
  while (end - start <= longestLabel && isPart(text.charCodeAt(end))) end++
  return end
}

/** A hyphen that ends a label ends the domain before it. */
function lastOfLabel(text: string, label: number, end: number): number {
  let last = end
  while (last > label && text.charCodeAt(last - 1) === hyphen) last--
  return text.charCodeAt(label) === hyphen ? label : last
}

const isDomain = (code: number): boolean =>
  isAlphanumeric(code) || code === hyphen || (code > 127 && isWordUnit(code))

function isTopLevel(label: string): boolean {
  if (/^xn--[a-z0-9-]{2,59}$/i.test(label)) return true
  if (label.length < 2 || label.length > 24 || fileEndings.has(label.toLowerCase())) return false
  for (let index = 0; index < label.length; index++) {
    const code = label.charCodeAt(index)
    if (!isLetter(code) && code <= 127) return false
  }
  return true
}

/** E-mail addresses, international ones included. Quoted local parts and address literals are left out. */
export const email: Detector = {
  type: 'email',
  family: 'contact',
  class: 'internal',
  label: 'e-mail address',
  trigger: { literals: ['@'] },
  examine: findEmail,
  proof: 'form of the address and its top-level domain',
  finds: [
    'write to «anna.muster+work@mail.example.com».',
    '<«a@example.org»>',
    'mailto:«x_y@example.co.uk»?subject=hi',
    "«o'brien@example.com», «b@example.net»",
    '«müller@bücher.example»',
    '"line\\n«bob@example.com»\\n"',
    'to=«bob%dept@example.com»;',
    '«user@xn--bcher-kva.example.xn--p1ai»',
    '...«dots@example.com»...',
    '«anna@example.com»-- the team',
    'see «anna@example.com».2',
    '我的邮箱是«anna@example.com»，谢谢',
    'メールは«anna@example.com»まで',
    '«用户@例子.广告»',
    '“«anna@example.com»”—«bob@example.com»…',
    '😀«anna@example.com»😀',
    'to=%3C«anna@example.com»%3E',
    "name,'«anna@example.com»',42",
    '[«anna@example.com»](mailto:«anna@example.com»)',
  ],
  ignores: [
    'logo@2x.png',
    'npm i pkg@1.2.3',
    'git@github.com:owner/project.git',
    '@Override on x@y',
    '@alice wrote',
    'a @ example.com',
    'a.@example.com',
    'me@localhost',
    'x@-example.com',
    '@@@@',
    'v@1.0.0-beta.1',
    'icon@3x.webp and x@y.json',
    'pkg@latest.tgz',
    '“@”example.com',
    'https://anna@example.com/ and ssh://git@example.com/x.git',
    'postgres://user:password@db.example.com/main',
  ],
  source: 'RFC 5321, RFC 6531, RFC 5890',
}
