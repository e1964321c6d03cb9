import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import { peerOf } from '#/core/http/peer.ts'
import type { CameFrom } from './record.ts'

/** Where a request comes from, as coarsely as a person needs it to know their own browser again. */
export const cameFrom = (request: IncomingMessage): CameFrom => ({
  browser: browserOf(request.headers['user-agent'] ?? ''),
  network: networkOf(peerOf(request)),
})

// In this order: what is built on another browser names that one too.
const families: readonly [name: string, pattern: RegExp][] = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
]

const systems: readonly [name: string, pattern: RegExp][] = [
  ['iOS', /\b(iPhone|iPad|iPod)\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/** `Firefox on Linux`: the family and nothing finer. Names of ours only; the header itself is not kept. */
export function browserOf(userAgent: string): string {
  const header = userAgent.slice(0, 500)
  const nameIn = (known: typeof families): string | undefined =>
    known.find(([, pattern]) => pattern.test(header))?.[0]
  const [family, system] = [nameIn(families), nameIn(systems)]
  if (family === undefined) return 'another program'
  return system === undefined ? family : `${family} on ${system}`
}

/** A /24 or a /48: the office or the provider, not the desk. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  if (isIPv4(plain)) {
    const [first, second, third] = plain.split('.')
    return first === '127' ? 'this machine' : `${first}.${second}.${third}.0/24`
  }
  if (plain === '::1') return 'this machine'
  if (!isIPv6(plain)) return 'unknown'
  const [head = ''] = plain.split('::')
  const parts = head.split(':').filter((part) => part !== '')
  return `${[0, 1, 2].map((index) => parts[index] ?? '0').join(':')}::/48`
}
