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

/** Kinds of no detector of the list. */
export const furtherKinds: readonly FurtherKind[] = [healthPlanKind, indianVehicleKind]
