import { type Detector, type Match, nothing } from '../../detector.ts'
import { schemeBefore } from './scheme.ts'

/** Names that no public network answers. Source: RFC 6762 appendix G; ICANN resolution 2024-07-29 for `internal`. */
const endings = 'internal|corp|intranet|local|lan|intra'
const label = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'
const host = new RegExp(`(?<![\\w.@$-])((?:${label}\\.){1,6}(?:${endings}))$`, 'i')
const longestHost = 128
const longestPath = 200

/** `self.local`, `.env.local` and `module.internal.foo()` are code: a host has a scheme, a port, or a name like one. */
function findHost(text: string, start: number, end: number): readonly Match[] {
  if (/^[\w$-]|^\.[\w$]|^ ?[=([]/.test(text.slice(end, end + 2))) return nothing
  const window = text.slice(Math.max(0, start - longestHost), end)
  const name = host.exec(window)?.[1]
  if (name === undefined) return nothing
  const from = end - name.length
  // Names of the machine itself, in every container.
  if (/^(?:host|gateway)\.(?:docker|containers)\.internal$/i.test(name) || !/^[a-z]/i.test(name))
    return nothing
  const scheme = schemeBefore(text, from)
  const isCalled = scheme !== '' || /^:\d{2,5}(?!\d)/.test(text.slice(end, end + 7)) || text[from - 1] === '@'
  const labels = name.toLowerCase().split('.')
  const isLikeHost =
    labels.length >= 3 ? labels.slice(0, -1).some((part) => /\d|-/.test(part)) : /-|\d$/.test(labels[0] ?? '')
  if (!isCalled && !isLikeHost) return nothing
  const path =
    scheme === ''
      ? ''
      : (/^(?::\d{2,5})?(?:\/[\w~@%+,.=:!$-]*){0,20}(?:\?[\w~@%+,.=:/&-]*)?/.exec(
          text.slice(end, end + longestPath),
        )?.[0] ?? '')
  const to = end + path.replace(/[.,;:!?]+$/, '').length
  return [
    { start: from - scheme.length, end: to, score: 0.8, why: 'a name that only answers inside a company' },
  ]
}

/** Machines and pages inside a company: a map for whoever wants in. */
export const internalHost: Detector = {
  type: 'internal-host',
  family: 'network',
  class: 'internal',
  label: 'name of an internal machine',
  trigger: { literals: ['.internal', '.corp', '.intra', '.local', '.lan'], isAnyCase: true },
  examine: (text, start, end) => {
    const whole = /^\.intranet(?![a-z])/i.test(text.slice(start, start + 10)) ? start + 9 : end
    return findHost(text, start, whole)
  },
  proof: 'an ending no public network has, and a scheme, port or name of a machine',
  finds: [
    'see «https://wiki.example.corp/pages/42».',
    'ssh to «db-01.prod.internal» please',
    'jenkins.build:8080 is not, «jenkins.corp»:8080 is',
    '«printer-2.local»',
    '«postgres://nas1.lan:5432/x»',
    '«http://portal.intranet/»',
    'host=«k8s-node7.eu.example.internal»',
  ],
  ignores: [
    'self.local = 1',
    'http://host.docker.internal:11434/v1',
    '.env.local and settings.local.json',
    'module.internal.run()',
    'process.env.local',
    'com.example.internal.Foo',
    'buy.local markets',
    'the internal network',
    'a.corporate.example.com',
    'import x from "./db.internal"',
  ],
  source: 'RFC 6762, appendix G; RFC 8375; ICANN, reserved name internal',
}
