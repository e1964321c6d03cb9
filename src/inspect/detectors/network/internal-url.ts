import { type Detector, type Match, nothing } from '../../detector.ts'
import { reachOfIpv4 } from './ip-ranges.ts'
import { schemeBefore } from './scheme.ts'

const longest = 240
/** Host of one label or of four octets; after it a port, a path or the end. */
const address =
  /^:\/\/([a-z][a-z\d-]{2,40}|\d{1,3}(?:\.\d{1,3}){3})((?::\d{2,5})?(?:\/[\w~@%+,.=:!$-]*){0,20}(?:\?[\w~@%+,.=:/&-]*)?)(?![\w@])/i
/** Words that stand for a host in documentation, and this machine itself. */
const placeholders = new Set([
  'cache',

  'localhost',
  'host',
  'hostname',
  'server',
  'example',
  'domain',
  'url',
  'path',
  'your-domain',
  'user',
  'username',
  'www',
])

function findUrl(text: string, start: number): readonly Match[] {
  const found = address.exec(text.slice(start, start + longest))
  const scheme = schemeBefore(text, start + 3)
  if (found === null || scheme === '') return nothing
  const [whole, host = '', rest = ''] = found
  const isPrivate = reachOfIpv4(host) === 'private'
  if (
    !isPrivate &&
    (/^\d/.test(host) || placeholders.has(host.toLowerCase()) || rest.length < 2 || /x{3}|\.{3}/i.test(host))
  )
    return nothing
  const end = start + whole.replace(/[.,;:!?]+$/, '').length
  const why = isPrivate ? 'an address in a private network' : 'an address whose host has no domain'
  return [{ start: start + 3 - scheme.length, end, score: 0.9, why }]
}

/** Addresses of pages that only answer inside a company. */
export const internalUrl: Detector = {
  type: 'internal-url',
  family: 'network',
  class: 'internal',
  label: 'address of an internal page',
  trigger: { literals: ['://'] },
  examine: findUrl,
  proof: 'a private address or a host without a domain',
  finds: [
    'open «http://10.1.2.3:8080/admin».',
    '«https://intranet/hr/salaries»',
    '«http://192.168.0.17/»',
    'smb share «smb://fileserver/projects»',
    '<a href="«http://jenkins:8080/job/7»">',
  ],
  ignores: [
    'http://localhost:3000/x',
    'https://example.com/a',
    'http://127.0.0.1:8080/',
    'http://203.0.113.5/x',
    'https://host/path',
    'see http://user@host',
    'redis://cache:6379/0',
  ],
  source: 'RFC 1918; RFC 3986',
}
