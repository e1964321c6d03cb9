/** Triggers, as the other rooms, the page and the command line see them. */
import type { Author } from '#/register/api.ts'
import type { TriggerAction, TriggerTarget } from '#/register/trigger.ts'

/** A trigger whose condition came true once, with what was done. */
export interface Firing {
  readonly id: string
  /** Id of the trigger, and of the policy it stood in. */
  readonly trigger: string
  readonly policy: string
  readonly title: string
  /** Whom it is for, by e-mail address. */
  readonly owner: string
  readonly action: TriggerAction
  /** The condition, as a clause. */
  readonly condition: string
  readonly per: TriggerTarget
  /** Id of the person, the key, the use case or the offering; empty for everybody. */
  readonly target: string
  readonly atMs: number
  /** Why what it should do was not done; undefined when it was. */
  readonly problem: string | undefined
}

/** Somebody has looked at it. */
export interface Closing {
  readonly by: Author
  readonly atMs: number
  readonly reason: string
}

// --- Answers of /api/triggers ----------------------------------------------------------------------------

export interface FiringView {
  readonly id: string
  readonly trigger: string
  readonly policy: string
  readonly title: string
  readonly owner: string
  readonly action: TriggerAction
  readonly condition: string
  readonly per: TriggerTarget
  /** As people call it: an e-mail address where it is a person; empty for everybody. */
  readonly target: string
  readonly at: string
  readonly problem: string | null
  /** `open`: somebody has to look at it. */
  readonly state: 'done' | 'open' | 'closed'
  /** False while its entry is not in the log. */
  readonly isWritten: boolean
  readonly closed: { readonly by: string; readonly at: string; readonly reason: string } | null
}

export interface TriggerPage {
  /** Those that serve. */
  readonly triggers: readonly {
    readonly id: string
    readonly policy: string
    readonly title: string
    readonly condition: string
    readonly action: TriggerAction
    readonly owner: string
  }[]
  /** To look at, newest first; the newest two hundred. */
  readonly open: readonly FiringView[]
  /** Everything else that fired, newest first; the newest two hundred. */
  readonly past: readonly FiringView[]
  readonly mayClose: boolean
}
