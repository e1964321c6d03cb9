/** A directory as an operator is shown it. */
export interface ScimStatus {
  readonly id: string
  readonly issuer: string
  readonly subjectFrom: 'externalId' | 'userName' | 'none'
  /** `paused`: deactivations wait for somebody's decision. */
  readonly state: 'running' | 'paused'
  readonly pausedAtMs: number | undefined
  /** Until then nothing is held back. */
  readonly openUntilMs: number | undefined
  readonly people: number
  readonly active: number
  readonly deactivatedLastHour: number
  readonly waiting: number
  /** The first hundred of them. */
  readonly waitingPeople: readonly { readonly personId: string; readonly userName: string }[]
  readonly groupCount: number
  /** Over HTTP the first thousand. `key` is what a mapping of groups to roles names. */
  readonly groups: readonly { readonly key: string; readonly displayName: string; readonly members: number }[]
  readonly tokenUsedAtMs: number | undefined
  readonly formerTokenUsedAtMs: number | undefined
}
