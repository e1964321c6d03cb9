import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** Numbers a clinic gives to a patient or a stay. Every clinic has its own form, so the name decides. */
export const medicalRecordNumber: Detector = {
  type: 'medical-record-number',
  family: 'health',
  class: 'confidential',
  label: 'medical record number',
  ...namedValue({
    wakes: [
      ...[
        'mrn',
        'medical record',
        'patient id',
        'patient n',
        'patient_id',
        'patientid',
        'chart n',
        'patientenn',
        'patienten-',
      ],
      ...[
        'fallnummer',
        'aufnahmenummer',
        'dossier m',
        'historia cl',
        'nhc',
        'prontu',
        'cartella cl',
        'patientnummer',
        'processo cl',
      ],
    ],
    names:
      'mrn|medical record(?: numbers?| no| #)?|patient[ _]?(?:id|identifier|number|no)|chart (?:number|no)|patienten-?(?:nummer|nr|id)|fallnummer|aufnahmenummer|dossier médical|historia clínica|nhc|prontu[áa]rio|cartella clinica|patiëntnummer|patientnummer|processo clínico',
    value: '(?:[a-z]{1,4}[ -]?)?\\d{2,4}[ -]?\\d{2,4}(?:[ -]?\\d{1,6})?',
    judge: (value) => {
      const digits = value.replace(/\D/g, '')
      if (digits.length < 5 || /^(?:19|20)\d\d-?[01]\d-?[0-3]\d$/.test(value)) return undefined
      return { score: 0.9, why: 'a number after a name for records of patients' }
    },
  }),
  proof: 'its name before five or more digits',
  finds: [
    'MRN: «00482913»',
    'MRN «A-1234567», admitted today',
    '{"patient_id":"«P0099123»"}',
    'Patient ID «4471-0092»',
    'medical record number is «88120345».',
    'Patientennummer: «5567123»',
    'historia clínica nº «445566»',
    'Fallnummer «20031177»',
    'NHC «789456»',
  ],
  ignores: [
    'the MRN is missing',
    'patient no. 3',
    'patient number 12 of 400',
    'medical records from 2024',
    'MRN 2026-11-23',
    'patients 12345678',
    'columns 00482913',
  ],
  source: '45 CFR 164.514(b)(2)(i)(H); names in seven languages',
}
