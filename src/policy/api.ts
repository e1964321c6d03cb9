/** What may leave, and where to. Pure: facts and rules in, a decision out. */
import type { DataClass } from '#/core/data-class.ts'
import type { Action, Family } from '#/core/finding.ts'
import type { Role } from '#/core/role.ts'
import type { Channel } from '#/core/segment.ts'
import type { StatefulFeature, StatefulUse } from '#/core/stateful-feature.ts'
import type { Tier } from '#/core/tier.ts'
import type { Task } from './tasks/api.ts'

/** Tiers a rule may name: consumer terms are for nobody here. */
export const servingTiers = ['commercial', 'cloud', 'self'] as const satisfies readonly Tier[]
export type ServingTier = (typeof servingTiers)[number]

/** What of an offering may lift a rule. */
export const liftingFacts = ['baa'] as const
export type LiftingFact = (typeof liftingFacts)[number]

/**
 * What happens to a kind of finding, named by type, by family, or by both lists. One that names no kind is about the whole
 * exchange. The strictest that fits counts.
 */
export interface Rule {
  readonly id: string
  readonly title: string
  readonly types: readonly string[]
  readonly families: readonly Family[]
  /** Empty: every channel. `answer` and `tool-arguments` of answers are judged by `answers`. */
  readonly channels: readonly Channel[]
  readonly action: Action
  /** For `block`: may the caller send it masked instead, by asking for it? */
  readonly mayMask: boolean
  /** Whether the rule is for what is sent, or for what comes back. */
  readonly direction: 'request' | 'answer'
  readonly owner: string
  /** Only when what leaves is of one of these classes; for a rule about findings, what would leave without rules that name classes. */
  readonly classes?: readonly DataClass[] | undefined
  /** Only where it would go to an offering of one of these tiers. An offering whose tier is not known is of every tier. */
  readonly tiers?: readonly ServingTier[] | undefined
  /** Only for callers who hold one of the roles or are in one of the groups. */
  readonly audience?: RuleAudience | undefined
  /** Not where the offering has this. What is not known of it, it does not have. */
  readonly unless?: { readonly offering: LiftingFact } | undefined
  /** For `acknowledge`: what the caller is to read, and for how long it is remembered that they did. */
  readonly notice?: string | undefined
  readonly rememberedDays?: number | undefined
  /** For `acknowledge`: changes with everything the rule says, so that a changed one is read again. */
  readonly version?: string | undefined
}

export interface RuleAudience {
  readonly roles?: readonly Role[] | undefined
  /** By `SOURCE:ID`. */
  readonly groups?: readonly string[] | undefined
}

/** An offering as the exchange sees it: approved, with its ceiling computed. */
export interface UsableOffering {
  readonly id: string
  readonly title: string
  readonly aliases: readonly string[]
  /** Settings entry that holds URL, region and credential. */
  readonly connection: string
  readonly provider: string
  /** The name the provider knows the model by. */
  readonly model: string
  readonly ceiling: DataClass
  readonly ceilingReasons: readonly string[]
  readonly tier: Tier
  readonly processor: string
  readonly region: string
  readonly retentionDays: number | undefined
  /** Nothing is kept, and that is in force: not only asked for or granted. */
  readonly isZeroRetention: boolean
  /** What the processor keeps although its zero retention is in force. */
  readonly zeroRetentionExcept: readonly StatefulFeature[]
  readonly trains: string
  /** An agreement on data processing is in force. */
  readonly hasDpa: boolean
  /** A business associate agreement is in force. */
  readonly hasBaa: boolean
  readonly recordVersion: number
  readonly approvedBy: readonly string[]
  readonly priceMicroUsdPerMillionTokens: { readonly input: number; readonly output: number } | undefined
  /** When the approval behind it ends, in ms; undefined when it does not. */
  readonly untilMs: number | undefined
  readonly deny: Denied
}

/** Who is kept out, whatever else would let them in. */
export interface Denied {
  readonly roles: readonly Role[]
  /** By person id. */
  readonly people: readonly string[]
  /** By `SOURCE:ID`. */
  readonly groups: readonly string[]
}

export interface UsableUseCase {
  readonly id: string
  readonly title: string
  readonly owner: string
  readonly purpose: string
  readonly highestClass: DataClass
  /** Lowest class its exchanges have, whatever is found. */
  readonly contextClass: DataClass
  /** In order of preference. */
  readonly offerings: readonly string[]
  /** Who may use it: any of the roles, or named by person id; `employee` opens it to everyone signed in. */
  readonly roles: readonly Role[]
  readonly people: readonly string[]
  /** By `SOURCE:ID`. */
  readonly groups: readonly string[]
  /** Access that ends: person id to the moment, in ms. */
  readonly grants: ReadonlyMap<string, number>
  readonly deny: Denied
  /** Whether everybody is shown its title and may ask for access by it. */
  readonly isListed: boolean
  readonly rules: readonly Rule[]
  /** What to do with parts that cannot be read. */
  readonly unread: 'refuse' | 'allow'
  /** The class parts count as that nobody has read, where they are allowed. */
  readonly unreadClass: DataClass
  /** The last of `offerings`, taken when nothing else carries an exchange, whatever the company prefers. */
  readonly exit: string | undefined
  /** Offerings its terms leave out; none of them is among `offerings`. */
  readonly outside: readonly Outside[]
  /** Whose contracts say who else may process what is entered; left out where there are none. */
  readonly customers?: readonly Customer[] | undefined
  /** Patterns of names of tools that may be offered and called; undefined where any may. */
  readonly tools: readonly string[] | undefined
  /** Shown to people before they send. */
  readonly notice: string | undefined
  /** Whether a person checks each answer before it is used. */
  readonly needsReview: boolean
  /** Whether the log keeps what is entered and answered. */
  readonly keepsContent: boolean
  readonly budget: Budget | undefined
  /** It is asked at `/tasks/` by its inputs, and in no other way. */
  readonly task?: Task | undefined
  readonly recordVersion: number
  readonly approvedBy: readonly string[]
  readonly untilMs: number | undefined
}

/** Whose contract says who may process their data, and where. */
export interface Customer {
  readonly name: string
  readonly processors?: readonly string[] | undefined
  readonly regions?: readonly string[] | undefined
}

/** An offering the terms of a use case leave out, and one sentence why. */
export interface Outside {
  readonly offering: string
  readonly why: string
}

/** What may be spent; a part that is left out has no limit. In millionths of a US dollar. */
export interface Budget {
  /** All people together, by calendar month in UTC. */
  readonly perMonth: number | undefined
  /** Each person, by day in UTC. */
  readonly perPersonPerDay: number | undefined
}

/** What an exchange is, as far as a decision needs it. */
export interface ExchangeFacts {
  readonly roles: readonly Role[]
  readonly personId: string
  /** By `SOURCE:ID`. */
  readonly groups: readonly string[]
  /** The key's use case and the header's, either may be absent. */
  readonly keyUseCase: string | undefined
  /** What else the caller's key is bound to. */
  readonly keyHighestClass?: DataClass | undefined
  readonly keyOfferings?: readonly string[] | undefined
  readonly askedUseCase: string | undefined
  readonly askedModel: string
  readonly declaredClass: DataClass | undefined
  readonly wantsMask: boolean
  /** The caller gives a reason with this very request. */
  readonly isJustified?: boolean
  /** Rules whose notice the caller says they have read, by id. */
  readonly acknowledges?: readonly string[]
  /** Notices this person has read before, by `noticeKey`, with the moment until which that counts, in ms. */
  readonly acknowledged?: ReadonlyMap<string, number>
  /** Dialects or providers an offering must serve for this request are filtered by the caller: ids that can be reached. */
  readonly reachable: ReadonlySet<string>
  readonly findings: readonly FoundFact[]
  /** What labels on files say, at least. */
  readonly labelClass?: DataClass
  readonly unread: readonly UnreadFact[]
  /** What it asks of the provider that keeps data and cannot be taken out on the way. */
  readonly stateful?: readonly StatefulUse[]
}

/** The company's order for a class: tiers, connections and ids of offerings, the first to be taken first. */
export type Preference = Readonly<Partial<Record<DataClass, readonly string[]>>>

/** What an offering that is not the company's own needs before health data goes there as it is. */
export type HealthNeed = 'baa' | 'agreement' | 'nothing'

/** A part nobody has read. */
export interface UnreadFact {
  readonly field: string
  readonly mediaType: string
  /** `it is encrypted`, where somebody tried. */
  readonly why?: string | undefined
}

/** A value that a reviewer found not to be sensitive: it is noted and raises no class. */
export interface Clearing {
  readonly id: string
  /** Only in these use cases; in all when empty. */
  readonly useCases: readonly string[]
}

export interface FoundFact {
  readonly type: string
  readonly family: Family
  readonly label: string
  readonly class: DataClass
  readonly channel: Channel
  /** Stands in text that must not be changed. */
  readonly isFixed: boolean
  /** Stands in a file, which nobody changes on the way. */
  readonly isInFile?: boolean
  /** Goes on from an earlier one, and is not counted again. */
  readonly isContinued?: boolean
  readonly field: string
  /** Entries of policies by which this value is not sensitive. */
  readonly clearings?: readonly Clearing[]
}

/** What the company calls our classes, where it calls them otherwise. */
export type ClassNames = Readonly<Partial<Record<DataClass, string | undefined>>>

export interface RuleSlice {
  readonly rules: readonly Rule[]
  readonly offerings: ReadonlyMap<string, UsableOffering>
  readonly useCases: ReadonlyMap<string, UsableUseCase>
  /** `baa` when left out. */
  readonly healthNeeds?: HealthNeed
  readonly preference?: Preference
}

/** A decision to let the exchange go on. A refusal is thrown as `Refusal` by `decide`. */
export interface Decision {
  readonly useCase: UsableUseCase
  readonly offering: UsableOffering
  /** What must not be used of it: taken out where that is safe. */
  readonly featuresOff: readonly StatefulFeature[]
  /** The action for each finding, in the order of `facts.findings`. */
  readonly actions: readonly Action[]
  /** The class of what was entered. */
  readonly class: DataClass
  /** The class of what leaves, once masked and replaced values are gone. */
  readonly leavesAs: DataClass
  /** Rules that acted, by id. */
  readonly rules: readonly string[]
  /** Rules whose notice the caller acknowledged with this request. */
  readonly acknowledged: readonly Rule[]
  /** Sentences for people: why this class, why this offering, on whose authority. */
  readonly reasons: readonly string[]
  /** Rules for what comes back. */
  readonly answerRules: readonly Rule[]
}
