/** What a control counted, as the page and evidence see it. */
export interface ControlResult {
  /** `none`: there was nothing to count, which proves nothing. */
  readonly state: 'satisfied' | 'exceptions' | 'none'
  /** How many there were. */
  readonly population: number
  /** How many of them were not as they should be. */
  readonly exceptionCount: number
  /** The first of them. */
  readonly exceptions: readonly ControlException[]
  /** From when on it looked back; null for a control about what is now. */
  readonly since: string | null
  readonly at: string
  /** What it does not see. */
  readonly blind: readonly string[]
}

export interface ControlException {
  /** A record, or the receipt of an entry. */
  readonly about: string
  readonly why: string
}
