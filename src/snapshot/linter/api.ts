/** What the linter finds in what serves or would serve. */

export const lintCodes = [
  'rules-contradict',
  'secrets-only-noted',
  'denied-group-unknown',
  'trigger-dead',
  'trigger-owner-unknown',
  'rule-dead',
  'use-case-unusable',
  'highest-class-uncarried',
  'everybody-restricted-commercial',
  'audience-group-unknown',
  'offering-unused',
  'vendor-unnamed',
  'processor-differs',
  'owner-unknown',
  'approval-ends',
] as const

export type LintCode = (typeof lintCodes)[number]

export interface LintFinding {
  readonly code: LintCode
  /** An error stops a publication that would bring it; a warning is shown. */
  readonly severity: 'error' | 'warning'
  /** `use-case/support`, `policy/company-rules rule cards-never-leave`. */
  readonly about: string
  readonly sentence: string
  readonly why: string
  readonly remedy: string
}
