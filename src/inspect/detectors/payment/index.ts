/** Payment: cards first, then accounts, banks, securities and wallets. */
import type { Detector } from '../../detector.ts'
import { abaRouting } from './aba-routing.ts'
import { bankAccount } from './bank-account.ts'
import { bic } from './bic.ts'
import { cardExpiry } from './card-expiry.ts'
import { cardSecurityCode } from './card-security-code.ts'
import { cardTrack } from './card-track.ts'
import { isin } from './isin.ts'
import { lei } from './lei.ts'
import { walletAddress } from './wallet-address.ts'

export const paymentDetectors: readonly Detector[] = [
  cardTrack,
  cardSecurityCode,
  cardExpiry,
  bankAccount,
  abaRouting,
  bic,
  isin,
  lei,
  walletAddress,
]
