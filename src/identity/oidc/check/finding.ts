/** What a check of a provider found out. A problem keeps people from signing in, or lets in what should not be. */
export interface Finding {
  readonly id: string
  readonly state: 'ok' | 'note' | 'warning' | 'problem'
  /** A sentence, and with a problem what to do. */
  readonly text: string
}

const finding =
  (state: Finding['state']) =>
  (id: string, text: string): Finding => ({ id, state, text })

export const ok = finding('ok')
export const note = finding('note')
export const warning = finding('warning')
export const problem = finding('problem')
