/** What is looked for in further languages and forms than a page has room for: kinds of the list, and some of their own. */
import type { Detector } from '../detector.ts'
import { furtherAge } from './age.ts'
import { furtherBankAccount, furtherIban } from './bank.ts'
import { furtherBirthDates } from './birth-dates.ts'
import { drugTaking } from './drug-taking.ts'
import { furtherHealth } from './health.ts'
import { healthPlanId, sharedHealthPlanId } from './health-plan.ts'
import { illnessOf } from './illness-of.ts'
import { namedBehind } from './named-behind.ts'
import { oneTimeCode, yourCode } from './one-time-code.ts'
import { recoveryPhrase } from './recovery-phrase.ts'
import { furtherReligion } from './religion.ts'
import { indianVehicle } from './vehicle.ts'

export const furtherDetectors: readonly Detector[] = [
  furtherIban,
  furtherBankAccount,
  furtherBirthDates,
  furtherHealth,
  furtherReligion,
  healthPlanId,
  sharedHealthPlanId,
  indianVehicle,
  furtherAge,
  drugTaking,
  illnessOf,
  namedBehind,
  recoveryPhrase,
  oneTimeCode,
  yourCode,
]
