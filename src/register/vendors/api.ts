/** Tools people use and what proxies block, as the page, the command line and the feeds see them. */
import type { Role } from '#/core/role.ts'
import type { Tool } from '../kinds/tool.ts'

export const standings = ['sanctioned', 'tolerated', 'undecided', 'unsanctioned'] as const

/** `undecided`: written, and nobody has decided yet. */
export type Standing = (typeof standings)[number]

/** A tool as it stands now. */
export interface ToolLine {
  readonly id: string
  readonly title: string
  readonly form: Tool['form']
  readonly vendor: string | null
  readonly domains: readonly string[]
  readonly standing: Standing
  /** The last day of a tolerated tool. */
  readonly until: string | null
  /** One sentence. */
  readonly why: string
  readonly instead: string | null
  /** Who may use it; null for everybody. */
  readonly roles: readonly Role[] | null
  /** Whom to ask. */
  readonly owner: string
}

/** A vendor nobody may rely on: not approved, or with mandatory facts that are not answered. */
export interface UnexplainedVendor {
  readonly id: string
  readonly title: string
  readonly domains: readonly string[]
  readonly why: string
  /** A tool of it is tolerated: its own domains stay open so long. */
  readonly isTolerated: boolean
}

export interface DomainLine {
  readonly domain: string
  readonly because: string
}

export interface ToolList {
  /** SHA-256 over everything below, its first 16 digits: the same list has the same version. */
  readonly version: string
  /** When something it is made of changed last. */
  /** Null while no tool and no vendor was ever written down. */
  readonly changedAt: string | null
  readonly tools: readonly ToolLine[]
  readonly unexplained: readonly UnexplainedVendor[]
  /** Blocked with everything below it, in the order of names. */
  readonly blocked: readonly DomainLine[]
  /** Would be blocked, and blocking it would block something that may be used. */
  readonly leftOpen: readonly DomainLine[]
}

/** `GET /api/tools`. */
export interface ToolsPage extends Pick<ToolList, 'version' | 'changedAt' | 'unexplained'> {
  /** `isForYou`: whether whoever asks has a role that may use it. */
  readonly tools: readonly (ToolLine & { readonly isForYou: boolean })[]
}
