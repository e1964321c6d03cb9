import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { isDigit, isHexadecimal, isHexadecimalLetter, isLetter } from '../../characters.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { type Reachable, reachOfIpv4, reachOfIpv6 } from './ip-ranges.ts'

const isAddressContext = contextBefore(
  'ip ips ipv4 address addresses addr host hosts server servers gateway dns nameserver ping client subnet remote adresse serveur servidor'.split(
    ' ',
  ),
)
/** Dotted numbers that are none: versions, sections, products with their version. */
const otherBefore =
  /(?:(?:^|[^\p{L}])(?:v|ver|version|versions|versión|versão|versione|versie|release|section|chapter|abschnitt|kapitel|clause|firmware|build|driver|update|sdk|table|figure|step|oid|rfc|chrome|asp)[.:]?[\s"'=:]{0,3}|§ ?|[\p{L}]\/|#)$/iu

const longestAddress = 45
/** `1.2.3.4` is seven characters long. Below ten a port, a prefix or a word must speak for an address. */
const shortest = 7
const fewestSure = 10

function findAddresses(text: string, start: number, end: number): readonly Match[] {
  const dots = end - start < shortest ? 0 : dotsIn(text, start, end)
  if (dots > 0) return dots < fewestDots ? nothing : findIpv4(text, start, end)
  return goesOnBeside(text, start, end) ? findIpv6(text, start) : nothing
}

/** Beside a number in an address of version 6 stands a colon or a letter. */
function goesOnBeside(text: string, start: number, end: number): boolean {
  return isBeside(text.charCodeAt(end)) || isBeside(text.charCodeAt(start - 1))
}

const isBeside = (code: number): boolean => code === colon || isHexadecimalLetter(code)

const colon = 58
const dot = 46
const fewestDots = 3

function dotsIn(text: string, start: number, end: number): number {
  let dots = 0
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === dot) dots++
  return dots
}

/** Several may stand in one number: `10.0.0.1 10.0.0.2`, `10.0.0.0/8`. */
function findIpv4(text: string, start: number, end: number): readonly Match[] {
  const matches: Match[] = []
  for (const { 0: address, index } of text
    .slice(start, end)
    .matchAll(/(?<![\d.-])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g)) {
    const from = start + index
    const to = from + address.length
    const reach = reachOfIpv4(address)
    if (reach === undefined || isPartOfOther(text, from, to)) continue
    // Four single digits number a section as often.
    if (address.length < fewestSure && !isCalled(text, from, to) && !isAddressContext(text, from)) continue
    matches.push(matchOf(from, to, reach, 'four octets'))
  }
  return matches
}

/** A port or the length of a prefix behind it, a scheme before it. */
const isCalled = (text: string, start: number, end: number): boolean =>
  /^(?::\d{2,5}|\/\d\d?)(?!\d)/.test(text.slice(end, end + 7)) || text.startsWith('//', start - 2)

function isPartOfOther(text: string, start: number, end: number): boolean {
  if (isInsideAtStart(text, start) || isInsideAtEnd(text, end) || /^-[a-z]/i.test(text.slice(end, end + 2)))
    return true
  return mayFollowOther(text, start) && otherBefore.test(text.slice(Math.max(0, start - 16), start))
}

/** A letter, or a sign right before it or beyond ASCII: between addresses of a list there is none. */
function mayFollowOther(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  if (before === slash || before === numberSign) return true
  let at = start - 1
  while (at >= 0 && start - at <= longestGap && gapSigns.includes(text.charAt(at))) at--
  const code = text.charCodeAt(at)
  return isLetter(code) || code > 127
}

const slash = 47
const numberSign = 35
/** Of ASCII, what `otherBefore` lets stand between a word and the address; four of them at most. */
const gapSigns = ' \t\n\v\f\r"\'=:.'
const longestGap = 4

function findIpv6(text: string, at: number): readonly Match[] {
  if (isSeenFromBefore(text, at)) return nothing
  let start = at
  let end = at
  while (start > 0 && at - start < longestAddress && isPart(text.charCodeAt(start - 1))) start--
  while (end - at < longestAddress && isPart(text.charCodeAt(end))) end++
  if (end - start < 6 || !hasColons(text, start, end)) return nothing
  // `host:` before an address and a full stop or colon behind it are none of it.
  while (end > at && text[end - 1] === ':' && text[end - 2] !== ':') end--
  if (end - start < 6 || end - start > longestAddress) return nothing
  if (
    /[\p{L}\p{N}_.:]$/u.test(text.slice(Math.max(0, start - 1), start)) ||
    /^[\p{L}\p{N}_]/u.test(text.charAt(end))
  )
    return nothing
  const reach = reachOfIpv6(
    text
      .slice(start, end)
      .toLowerCase()
      .replace(/^:(?!:)/, ''),
  )
  return reach === undefined ? nothing : [matchOf(start, end, reach, 'groups of base sixteen')]
}

/** What an earlier number began in, behind a letter or colon, was looked at from there. */
function isSeenFromBefore(text: string, at: number): boolean {
  for (let index = at - 1; isPart(text.charCodeAt(index)) && at - index < longestAddress; index--)
    if (isDigit(text.charCodeAt(index)) && isBeside(text.charCodeAt(index - 1))) return true
  return false
}

/** Two side by side, or one between each two of eight groups: times and addresses of devices go no further. */
function hasColons(text: string, start: number, end: number): boolean {
  let colons = 0
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== colon) continue
    colons++
    if (colons === 7 || text.charCodeAt(at + 1) === colon) return true
  }
  return false
}

const isPart = (code: number): boolean => code === colon || isHexadecimal(code)

const matchOf = (start: number, end: number, reach: Reachable, form: string): Match => ({
  start,
  end,
  score: 0.85,
  why: reach === 'private' ? `${form} of a private network` : `${form} of a public address`,
})

/** Units of a group of version 6. */
const longestGroup = 4

/** Addresses of machines, private and public. Loopback and masks say nothing of anybody. */
export const ipAddress: Detector = {
  type: 'ip-address',
  family: 'network',
  class: 'internal',
  label: 'IP address',
  // The shortest of version 4 are longer; one of version 6 goes on in letters or colons.
  trigger: {
    digits: 1,
    touching: {
      before: ':abcdefABCDEF',
      after: ':abcdefABCDEF',
      isInShortWord: true,
      inRun: { longest: longestGroup, beside: ':' },
      upTo: shortest - 1,
    },
  },
  examine: findAddresses,
  proof: 'octets or groups in an assigned range, no version beside them',
  finds: [
    'server «192.168.100.200» was started',
    '«10.20.30.40»:8080 and «203.0.113.77»/24',
    'from «2001:db8:85a3::8a2e:370:7334» to «fe80::1ff:fe23:4567:890a»',
    '«2001:0db8:85a3:0000:0000:8a2e:0370:7334»',
    'http://«198.51.100.23»/login and «10.0.0.1»:8080',
    'dns «8.8.8.8»',
    'from «203.0.113.10» «203.0.113.11»',
    '{"ip":"«172.16.254.100»"}',
    '[«2001:db8::dead:beef:1»]:443',
    'rule 12 «2001:db8::dead:beef:1»',
  ],
  ignores: [
    'version 10.15.7.20',
    'Chrome/120.0.0.0 and v1.20.300.4000',
    'see section 4.1.2.3 and 1.2.3.4',
    '127.0.0.1 and 0.0.0.0 and 255.255.255.0',
    '256.100.100.100',
    '1.192.168.100.200',
    'at 10:58:14 and 12:30:45:12',
    'std::a1::b2 and Foo::bar2',
    '00:1a:2b:3c:4d:5e',
    '::1',
    'release 12.104.113.20-beta',
  ],
  source: 'RFC 791, RFC 4291; IANA special-purpose address registries',
}
