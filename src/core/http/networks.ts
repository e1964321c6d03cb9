import { BlockList, isIP } from 'node:net'

/** Whether an address lies in one of some networks. */
export interface Networks {
  readonly has: (address: string) => boolean
}

interface Network {
  readonly address: string
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
}

/** `10.0.0.0/8`, `2001:db8::/32`, or one address; undefined when it is none of them. */
export function readNetwork(text: string): Network | undefined {
  const [, written = '', prefix] = /^([0-9a-f.:]{2,45})(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const version = isIP(written)
  if (version === 0) return undefined
  const most = version === 4 ? 32 : 128
  const bits = prefix === undefined ? most : Number(prefix)
  return bits > most ? undefined : { address: written, prefix: bits, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** Throws for a text that is no network: settings and stores have read them before. */
export function networksOf(texts: readonly string[]): Networks {
  const list = new BlockList()
  for (const text of texts) {
    const network = readNetwork(text)
    if (network === undefined) throw new Error(`${text} is not a network`)
    list.addSubnet(network.address, network.prefix, network.family)
  }
  return {
    has: (address) => {
      const plain = plainAddress(address)
      const version = isIP(plain)
      return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
    },
  }
}

/** An IPv4 address as it is written, also when a socket of both families shows it as `::ffff:192.0.2.1`. */
export const plainAddress = (address: string): string =>
  /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ?? address
