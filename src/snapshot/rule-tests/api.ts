/** A test of the rules that came out otherwise than it says. */
export interface RuleTestFailure {
  /** The policy it stands in. */
  readonly policy: string
  readonly id: string
  readonly title: string
  /** `action mask` */
  readonly expected: string
  /** `action pseudonymise` */
  readonly came: string
}
