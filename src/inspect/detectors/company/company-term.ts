import type { Kind } from '../../api.ts'

/** What terms a company lists are found as. They are data, so the matcher in `terms.ts` finds them. */
export const companyTerm: Kind = {
  type: 'company-term',
  family: 'company',
  class: 'confidential',
  label: 'company term',
}
