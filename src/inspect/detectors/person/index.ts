/** Persons: when they were born, and what article 9 of the GDPR protects in particular. */
import type { Detector } from '../../detector.ts'
import { age } from './age.ts'
import { dateOfBirth } from './date-of-birth.ts'
import { ethnicOrigin } from './ethnic-origin.ts'
import { gender } from './gender.ts'
import { nationality } from './nationality.ts'
import { politicalOpinion } from './political-opinion.ts'
import { religion } from './religion.ts'
import { sexualOrientation } from './sexual-orientation.ts'
import { unionMembership } from './union-membership.ts'

export const personDetectors: readonly Detector[] = [
  dateOfBirth,
  age,
  religion,
  politicalOpinion,
  unionMembership,
  sexualOrientation,
  ethnicOrigin,
  nationality,
  gender,
]
