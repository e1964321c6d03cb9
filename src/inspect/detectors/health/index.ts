/** Health: numbers of patients, codes of what they have, and statements about persons. */
import type { Detector } from '../../detector.ts'
import { diagnosisCode } from './diagnosis-code.ts'
import { drugCode } from './drug-code.ts'
import { healthCondition } from './health-condition.ts'
import { medicalRecordNumber } from './medical-record-number.ts'
import { procedureCode } from './procedure-code.ts'

export const healthDetectors: readonly Detector[] = [
  medicalRecordNumber,
  diagnosisCode,
  procedureCode,
  drugCode,
  healthCondition,
]
