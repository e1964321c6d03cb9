import { digitValues, noDigit } from '../../bytes.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { hasMixedCaseSum, isBase58Address, isBech32Address } from './wallet-checks.ts'

const isWalletContext = contextBefore([
  ...[
    'wallet',
    'eth',
    'ether',
    'ethereum',
    'erc20',
    'usdt',
    'usdc',
    'crypto',
    'recipient',
    'deposit address',
    'metamask',
  ],
])

function findAddress(text: string, start: number, end: number): readonly Match[] {
  const proved = (why: string): readonly Match[] => [{ start, end, score: 1, isProved: true, why }]
  if (isLikeEthereum(text, start, end)) {
    if (isOfBothCases(text, start + 2, end))
      return hasMixedCaseSum(text.slice(start + 2, end))
        ? proved('forty digits whose capitals are those a checksum asks for')
        : nothing
    if (!isWalletContext(text, start)) return nothing
    return [{ start, end, score: 0.8, why: 'forty digits of an address after a word for wallets' }]
  }
  const address = text.slice(start, end)
  if (/^bc1/i.test(address)) {
    const isOneCase = address === address.toLowerCase() || address === address.toUpperCase()
    const isRight = isOneCase && isBech32Address('bc', address.slice(3).toLowerCase())
    return isRight ? proved('an address with a valid polynomial checksum') : nothing
  }
  const isRight = /^[13][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(address) && isBase58Address(address)
  return isRight ? proved('an address with a valid double hash') : nothing
}

/** `0x` and forty digits of base sixteen. */
function isLikeEthereum(text: string, start: number, end: number): boolean {
  if (end - start !== 42 || text.charCodeAt(start) !== 48 || (text.charCodeAt(start + 1) | 0x20) !== 120)
    return false
  for (let at = start + 2; at < end; at++) if (digitValues[text.charCodeAt(at)] === noDigit) return false
  return true
}

/** Of units that are letters or digits. */
function isOfBothCases(text: string, start: number, end: number): boolean {
  let seen = 0
  for (let at = start; at < end && seen !== 3; at++) {
    const code = text.charCodeAt(at)
    if (code > 64) seen |= code < 97 ? 1 : 2
  }
  return seen === 3
}

/** Addresses of wallets for Bitcoin and for Ethereum and what is built like it. */
export const walletAddress: Detector = {
  type: 'wallet-address',
  family: 'payment',
  class: 'confidential',
  label: 'address of a crypto wallet',
  trigger: { mixed: { shortest: 26, longest: 62 } },
  examine: findAddress,
  proof: 'double hash, polynomial checksum or capitals by a hash',
  finds: [
    'send to «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa» now',
    '«3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy»',
    '«bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4»',
    '«bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0»',
    '«0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed»',
    'eth wallet: «0xde709f2102306220921060314715629080e2fb77»',
  ],
  ignores: [
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD',
    'commit 0xde709f2102306220921060314715629080e2fb77',
    '0xff',
    '3rd and 1st',
  ],
  source: 'Bitcoin base58check; BIP 173, BIP 350; EIP-55',
}
