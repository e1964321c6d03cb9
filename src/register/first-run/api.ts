/** The first run as the page and the command line see it. */
import type { DataClass } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'
import type { Tier } from '#/core/tier.ts'
import type { PlanStep, RecordKind } from '../api.ts'

/** Which cloud is home; `self`: none, own machines only. */
export const homes = ['aws', 'azure', 'google', 'self'] as const
export type Home = (typeof homes)[number]

export const homeNames: Readonly<Record<Home, string>> = {
  aws: 'Amazon Web Services',
  azure: 'Microsoft Azure',
  google: 'Google Cloud',
  self: 'None: our own machines',
}

export const schemes = ['four', 'three'] as const
export type Scheme = (typeof schemes)[number]

/** Up to which class the interface of a vendor may be used under contract. Restricted never goes there: no facts of a vendor carry it. */
export const directClasses = ['none', 'public', 'internal', 'confidential'] as const
export type Direct = (typeof directClasses)[number]

export interface AnsweredTerm {
  readonly term: string
  readonly class: DataClass
}

/** What is said of a provider; what is left out stays as the catalogue knows it. */
export interface AnsweredProvider {
  /** An entry of the catalogue. */
  readonly offering: string
  /** The entry of the settings. */
  readonly connection: string
  readonly model: string
  readonly region?: string | undefined
  /** Where the signed agreement on data processing can be found. */
  readonly agreement?: string | undefined
  /** Days anything is kept on own machines. */
  readonly keptDays?: number | undefined
  /** Of own machines: where their threat model can be read, and when they were patched last. */
  readonly threatModel?: string | undefined
  readonly patchedOn?: string | undefined
}

export interface FirstRunAnswers {
  /** Who looks after what is written, by e-mail address. */
  readonly owner: string
  readonly home: Home
  readonly classes: { readonly scheme: Scheme; readonly examples: readonly AnsweredTerm[] }
  readonly direct: Direct
  readonly providers: readonly AnsweredProvider[]
  /** Where one goes when the first provider fails: the place in `providers`, and the day that was tried. */
  readonly exit?: { readonly provider: number; readonly testedOn: string } | undefined
}

/** How an offering of the catalogue is connected. */
export interface Connecting {
  /** The kind of the connection; null where no provider of Sallyport speaks to it yet. */
  readonly kind: 'compatible' | 'anthropic' | null
  /** With words in capitals for what only the company knows; empty where all of it is. */
  readonly url: string
  /** The environment variable its key goes into; null where none is needed. */
  readonly variable: string | null
  readonly note: string | null
}

export interface ProviderChoice {
  readonly id: string
  readonly title: string
  readonly platform: string
  readonly tier: Tier
  readonly setting: string | null
  /** Where it belongs to a home. */
  readonly home: Home | null
  /** By what documents say today. */
  readonly ceiling: DataClass | null
  readonly reasons: readonly string[]
  readonly connecting: Connecting
}

/** An entry of the settings, without what it is reached with. */
export interface ConnectionView {
  readonly id: string
  readonly kind: string
  readonly host: string | null
  readonly hasCredential: boolean
}

export interface Approvers {
  readonly roles: readonly Role[]
  /** Who could approve now, by e-mail address; whoever asks is never among them. */
  readonly people: readonly string[]
}

/** Answer of `GET /api/first-run`. */
export interface FirstRunView {
  /** The register holds only what it began with. */
  readonly isOpen: boolean
  /** Records somebody wrote since; 100 at most. */
  readonly written: readonly { readonly kind: RecordKind; readonly id: string; readonly title: string }[]
  readonly connections: readonly ConnectionView[]
  readonly choices: readonly ProviderChoice[]
  readonly approvers: Approvers
}

/** What happens to a class at a tier. */
export interface MatrixRow {
  readonly class: DataClass
  /** As the company calls it. */
  readonly name: string
  readonly commercial: string
  readonly cloud: string
  readonly self: string
}

export interface PlannedOffering {
  readonly id: string
  readonly title: string
  readonly tier: Tier
  readonly connection: string
  readonly isConnected: boolean
  readonly ceiling: DataClass | null
  readonly reasons: readonly string[]
}

/** Answer of `POST /api/first-run/plan`: what would be written. */
export interface FirstRunPlan {
  /** The file, as `sallyport apply` takes it. */
  readonly text: string
  readonly plan: readonly PlanStep[]
  readonly digest: string
  readonly matrix: readonly MatrixRow[]
  readonly offerings: readonly PlannedOffering[]
  /** What a person should know before it is written. */
  readonly notes: readonly string[]
}

/** Answer of `POST /api/first-run`. */
export interface FirstRunWritten {
  readonly plan: readonly PlanStep[]
  readonly approvers: Approvers
}

/** Lines for the settings file. `demo` stays: with connections of its own a file names all of them. */
export function connectionLines(id: string, { kind, variable }: Connecting, url: string): string {
  return [
    'connections:',
    '  demo: { kind: demo }',
    `  ${id}:`,
    `    kind: ${kind ?? 'compatible'}`,
    `    url: ${url}`,
    ...(variable === null ? [] : [`    credential: env:${variable}`]),
  ].join('\n')
}
