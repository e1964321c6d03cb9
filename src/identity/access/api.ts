/** Access as the page and the command line see it: what was given or denied, what is asked for, who reaches what and why. */
import type { Role } from '#/core/role.ts'

export const targetKinds = ['role', 'use-case', 'offering'] as const
/** What access is given to, or denied. */
export type TargetKind = (typeof targetKinds)[number]

/** Access somebody was given until a day, or denied whatever else would let them in. */
export interface Grant {
  readonly id: string
  readonly effect: 'allow' | 'deny'
  readonly what: TargetKind
  /** A role, or the id of a use case or an offering. */
  readonly target: string
  /** The person's id. A denial may be for a group, `SOURCE:ID`, instead. */
  readonly person: string | undefined
  readonly group: string | undefined
  readonly reason: string
  /** A person's id, or what asked: `command-line:ada`. */
  readonly by: string
  readonly atMs: number
  /** Undefined only for a denial: whatever is given ends. */
  readonly untilMs: number | undefined
}

/** A grant that is over: by its date, or because somebody ended it. */
export interface GrantEnd {
  readonly id: string
  readonly atMs: number
  readonly by: string
}

export interface GrantView {
  readonly id: string
  readonly effect: Grant['effect']
  readonly what: TargetKind
  readonly target: string
  /** E-mail addresses, or what stands for them. */
  readonly person: string | null
  readonly group: string | null
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly until: string | null
}

export type RequestState = 'waiting' | 'approved' | 'declined' | 'withdrawn' | 'expired'

export interface RequestView {
  readonly id: string
  readonly what: 'role' | 'use-case'
  readonly target: string
  /** Who is to have it, and who asked; an owner asks for somebody else. */
  readonly person: string
  readonly by: string
  readonly reason: string
  readonly days: number
  readonly at: string
  readonly state: RequestState
  readonly decision: { readonly by: string; readonly reason: string; readonly at: string } | null
  readonly isMine: boolean
  readonly mayDecide: boolean
}

/** A step of the way from a person to an offering. */
export interface WayStep {
  readonly what: 'person' | 'group' | 'role' | 'grant' | 'named' | 'use-case' | 'offering'
  readonly id: string
  /** For people to read. */
  readonly name: string
  readonly until?: string
}

/** Why somebody reaches a use case, or does not. */
export interface UseCaseAccess {
  readonly id: string
  readonly title: string
  readonly owner: string
  readonly isOpen: boolean
  /** Every way in, each from the person to the use case. */
  readonly ways: readonly (readonly WayStep[])[]
  /** What keeps them out; one is enough. */
  readonly denials: readonly (readonly WayStep[])[]
  readonly offerings: readonly { readonly id: string; readonly title: string; readonly isDenied: boolean }[]
  /** One sentence. */
  readonly why: string
}

export interface PersonAccess {
  readonly person: { readonly id: string; readonly email: string; readonly roles: readonly Role[] }
  /** Where each role comes from. */
  readonly roles: readonly { readonly role: Role; readonly ways: readonly (readonly WayStep[])[] }[]
  readonly useCases: readonly UseCaseAccess[]
}

export interface Reach {
  readonly what: 'offering' | 'use-case'
  readonly id: string
  readonly title: string
  /** People who reach it; `ways` leads from the person to it. The first of them only, when there are many. */
  readonly people: readonly { readonly email: string; readonly ways: readonly (readonly WayStep[])[] }[]
  readonly peopleTogether: number
  readonly denied: readonly { readonly email: string; readonly denials: readonly (readonly WayStep[])[] }[]
  readonly deniedTogether: number
}

/** How something somebody has was used. */
export interface AccessUse {
  readonly email: string
  readonly what: 'role' | 'use-case'
  readonly target: string
  /** What it rests on: a grant's id, `group:SOURCE:ID`, `named in the settings`, `named in the record`. */
  readonly through: readonly string[]
  readonly since: string
  /** A day, `2026-11-25`; null when it was never used. */
  readonly lastUsed: string | null
  readonly count: number
  readonly unusedDays: number
  /** Others who have the same, and how many of them used it in the last 60 days. */
  readonly peers: number
  readonly peersUsing: number
}
