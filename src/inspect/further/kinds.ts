import type { Detector } from '../detector.ts'

/** A kind that is found here alone; its detectors add how. */
export type FurtherKind = Pick<Detector, 'type' | 'family' | 'class' | 'label' | 'proof' | 'source'>

export const healthPlanKind: FurtherKind = {
  type: 'health-plan-id',
  family: 'health',
  class: 'confidential',
  label: 'health plan number',
  proof:
    'its name before five or more digits, or a name it shares with others and health insurance beside it',
  source: '45 CFR 164.514(b)(2)(i)(I); names in six languages',
}

export const indianVehicleKind: FurtherKind = {
  type: 'in-vehicle-registration',
  family: 'identity',
  class: 'confidential',
  label: 'Indian vehicle registration',
  proof: 'a word for vehicles before state, district and number',
  source: 'Central Motor Vehicles Rules 1989, rules 47, 48 and 50',
}

export const recoveryPhraseKind: FurtherKind = {
  type: 'recovery-phrase',
  family: 'secret',
  class: 'restricted',
  label: 'recovery phrase of a wallet',
  proof: 'its name before 12, 15, 18, 21 or 24 words',
  source: 'BIP-39; its word lists in Latin letters',
}

export const oneTimeCodeKind: FurtherKind = {
  type: 'one-time-code',
  family: 'secret',
  class: 'confidential',
  label: 'code to sign in or confirm with once',
  proof: 'its name before four to eight digits',
  source: 'RFC 4226, section 5.3: six to eight digits; texts of messages',
}

/** Kinds of no detector of the list. */
export const furtherKinds: readonly FurtherKind[] = [
  healthPlanKind,
  indianVehicleKind,
  recoveryPhraseKind,
  oneTimeCodeKind,
]
