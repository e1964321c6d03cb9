import { isInsideAtStart } from '../../boundary.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { schemeBefore } from '../network/scheme.ts'

const longest = 320
const label = '[\\p{L}\\d](?:[\\p{L}\\d-]{0,61}[\\p{L}\\d])?'
const address = new RegExp(
  `^(?:${label}\\.){1,6}(?:\\p{L}{2,24}|xn--[a-z\\d-]{2,40})(?![\\w@-])(?::\\d{2,5})?(?:[/?#][\\w~@%+,.=:!$&;?#/*'-]{0,256})?`,
  'iu',
)
/** Of a sentence or of what quotes the address. */
const signsAtEnd = /[.,;:!?'*]+$/

function findAddress(text: string, start: number, end: number): readonly Match[] {
  const isNamed = text.charCodeAt(start) === colon
  const host = isNamed ? end : start
  const scheme = isNamed ? schemeBefore(text, host) : ''
  if (isNamed ? !/^(?:https?|ftps?|wss?):/i.test(scheme) : isPartOfWord(text, start)) return nothing
  const found = address.exec(text.slice(host, host + longest))?.[0].replace(signsAtEnd, '')
  if (found === undefined) return nothing
  return [
    {
      start: host - scheme.length,
      end: host + found.length,
      score: 0.7,
      why: 'the name of a host in the network of everybody',
    },
  ]
}

const colon = 58

/** Inside a word or an address that has its scheme. */
const isPartOfWord = (text: string, start: number): boolean =>
  isInsideAtStart(text, start) || /[.@/-]/.test(text.charAt(start - 1))

/**
 * A page or host anybody can ask for. It leaves a text public; it is found so that a company can write rules over it.
 * A bare `example.com` is none: names of files and of code look the same.
 */
export const webAddress: Detector = {
  type: 'web-address',
  family: 'other',
  class: 'public',
  label: 'web address',
  trigger: { literals: ['://', 'www.'], isAnyCase: true },
  examine: findAddress,
  proof: 'a scheme or www before the name of a host with its domain',
  finds: [
    'see «www.example.com»',
    'at «https://www.example.com/», please',
    '«http://example.com:8080/a/b?c=d#e».',
    '(«https://docs.example.com/guide»)',
    '<a href="«https://example.com/a»">',
    '[guide](«https://example.com/guide»)',
    '«https://bücher.example/»',
    '«wss://stream.example.com/v1»',
  ],
  ignores: [
    'http://localhost:3000/',
    'http://10.0.0.1/admin',
    'https://intranet/hr',
    'redis://cache.example.com',
    'example.com',
    'awww.example',
    'https://',
    'www. and more',
    'https://user:word@example.com/',
  ],
  source: 'RFC 3986; RFC 1034, section 3.5; RFC 5890',
}
