import { isIPv4, isIPv6 } from 'node:net'

/** A block of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address. */
export interface Network {
  readonly bits: 32 | 128
  readonly base: bigint
  /** How many leading bits count. */
  readonly length: number
}

/**
 * Reads CIDR. Undefined for anything that is none, and for one whose address has bits behind the prefix (10.1.2.3/8):
 * whoever wrote that meant something else.
 */
export function readNetwork(text: string): Network | undefined {
  const [, address = '', prefix] = /^([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const read = readAddress(address)
  if (read === undefined) return undefined
  const length = prefix === undefined ? read.bits : Number(prefix)
  if (length > read.bits) return undefined
  const network = { bits: read.bits, base: read.value, length }
  return maskOf(network) === read.value ? network : undefined
}

/** Throws for a text that is no network: settings and stores have read them before. */
export const networksOf = (texts: readonly string[]): readonly Network[] =>
  texts.map((text) => {
    const network = readNetwork(text)
    if (network === undefined) throw new Error(`${text} is not a network`)
    return network
  })

/** Whether an address lies in it. False for what is no address. */
export function holdsAddress(network: Network, address: string): boolean {
  const read = readAddress(address)
  return (
    read !== undefined &&
    read.bits === network.bits &&
    maskOf({ ...network, base: read.value }) === network.base
  )
}

/** Whether every address of `inner` lies in `outer`. */
export const holdsNetwork = (outer: Network, inner: Network): boolean =>
  outer.bits === inner.bits &&
  outer.length <= inner.length &&
  maskOf({ ...outer, base: inner.base }) === outer.base

/** An IPv4 address as it is written, also when a socket of both families shows it as `::ffff:192.0.2.1`. */
export const plainAddress = (address: string): string =>
  /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ?? address

/** One machine or home: an IPv4 address, or the 64 leading bits of an IPv6 one, whose rest its holder changes at will. */
export function machineOf(address: string): string {
  if (!address.includes(':')) return address
  const read = readAddress(address)
  return read === undefined ? address : `${(read.value >> 64n).toString(16)}::/64`
}

interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** The zone behind a link-local address (`fe80::1%eth0`) names our own interface and says nothing of the other side. */
function readAddress(written: string): Address | undefined {
  const [text = ''] = written.split('%', 1)
  if (isIPv4(text)) return { bits: 32, value: ofIPv4(text) }
  if (!isIPv6(text)) return undefined
  const lastColon = text.lastIndexOf(':')
  const tail = text.slice(lastColon + 1)
  const plain = isIPv4(tail) ? text.slice(0, lastColon + 1) + asGroups(ofIPv4(tail)) : text
  const [before = '', after] = plain.split('::')
  const left = groupsOf(before)
  const right = groupsOf(after ?? '')
  const gap = after === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0')
  const value = [...left, ...gap, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
  return { bits: 128, value }
}

const ofIPv4 = (text: string): bigint => text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)

const asGroups = (value: bigint): string => `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))

const maskOf = ({ bits, base, length }: Network): bigint => {
  const rest = BigInt(bits - length)
  return (base >> rest) << rest
}
