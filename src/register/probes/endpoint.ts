import { holdsAddress, networksOf, plainAddress } from '#/core/network.ts'
import type { ProbeView } from './api.ts'

/**
 * Addresses nobody outside is reached at. Sources: RFC 1918, RFC 4193 (unique local), RFC 3927 and RFC 4291 2.5.6
 * (link-local). Shared address space (RFC 6598, 100.64.0.0/10) is the provider's network and counts as public.
 */
const privateNetworks = networksOf([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
])
const ownMachine = networksOf(['127.0.0.0/8', '::1/128'])

const isIn = (networks: typeof privateNetworks, address: string): boolean =>
  networks.some((network) => holdsAddress(network, address))

/** What the addresses of a name say. One public address among private ones is enough for traffic to leave: mixed. */
export function endpointOf(addresses: readonly string[] | undefined): ProbeView['endpoint'] {
  if (addresses === undefined || addresses.length === 0) return null
  const plain = addresses.map(plainAddress)
  if (plain.every((address) => isIn(ownMachine, address))) return 'this machine'
  const inside = plain.filter((address) => isIn(privateNetworks, address) || isIn(ownMachine, address))
  if (inside.length === plain.length) return 'private'
  return inside.length === 0 ? 'public' : 'mixed'
}
