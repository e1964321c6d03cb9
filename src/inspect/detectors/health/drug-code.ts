import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** National drug codes of the United States: labeller, product and package. */
export const drugCode: Detector = {
  type: 'drug-code',
  family: 'health',
  class: 'confidential',
  label: 'US drug code (NDC)',
  ...namedValue({
    wakes: ['ndc', 'national drug code'],
    names: 'ndc|national drug code',
    fillers: 'codes?|drug|package',
    value: '\\d{4}-\\d{4}-\\d\\d|\\d{5}-(?:\\d{3}-\\d\\d|\\d{4}-\\d{1,2})|\\d{10,11}',
    isList: true,
    judge: () => ({ score: 0.9, why: 'labeller, product and package after a name for drug codes' }),
  }),
  proof: 'its name and the layout of the code',
  finds: ['NDC «0777-3105-02»', 'NDC: «50242-040-62»', '{"ndc":"«00093721410»"}', 'NDC code «12345-6789-01»'],
  ignores: ['0777-3105-02', 'NDC 77-3105-02', 'NDC conference 2024', 'andc 0777-3105-02'],
  source: '21 CFR 207.33',
}
