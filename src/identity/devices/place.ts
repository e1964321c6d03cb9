import { isIPv6 } from 'node:net'

/** What counts as one place: whoever has an IPv6 address has a whole /64 of them. */
export const placeOf = (address: string): string =>
  isIPv6(address) ? groupsOf(address).slice(0, 4).join(':') : address

function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = address.split('%', 1).join('').split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array.from({ length: middle }, () => '0'), ...back]
}
