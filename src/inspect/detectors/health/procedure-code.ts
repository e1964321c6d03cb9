import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** What was done to a patient: CPT has five digits or four and a letter, HCPCS a letter and four digits. */
export const procedureCode: Detector = {
  type: 'procedure-code',
  family: 'health',
  class: 'confidential',
  label: 'code of a medical procedure',
  ...namedValue({
    wakes: ['cpt', 'hcpcs'],
    names: 'cpt(?:[- ]?4)?|hcpcs',
    fillers: 'codes?|level|procedure|ii|i|billed|hcpcs|cpt',
    value: '\\d{5}|\\d{4}[ftu]|[a-v]\\d{4}',
    isList: true,
    judge: (value, name) =>
      value !== value.toUpperCase() || (name.startsWith('cpt') && /^0000/.test(value))
        ? undefined
        : { score: 0.85, why: 'a code of five places after a name for medical procedures' },
  }),
  proof: 'its name before five places',
  finds: [
    'CPT «99213»',
    'CPT codes: «99213», «90834»',
    'HCPCS «J1885»',
    '{"cpt":"«0001F»"}',
    'CPT/HCPCS code «G0438»',
  ],
  ignores: ['99213', 'CPT 9921', 'CPT 992130', 'the CPT of 2024', 'cptn 99213', 'HCPCS level'],
  source: 'American Medical Association, CPT; CMS, HCPCS level II',
}
