/** What probes measured of a connection, as the other rooms, the page and the command line see it. */
import type { FactValue } from '../catalogue/api.ts'
import type { OfferingFacts } from '../kinds/offering.ts'

/** What the other side showed of itself before anything was sent. */
export interface TlsMeasured {
  /** `TLSv1.3`. */
  readonly protocol: string
  readonly issuer: string
  /** The last moment of the certificate, in ISO 8601. */
  readonly ends: string
  /** One sentence: why no exchange may go there; null when it may. */
  readonly problem: string | null
}

/** How what is kept is set at the provider. */
export interface RetentionMeasured {
  readonly kind: 'openai' | 'bedrock'
  /** In the provider's own word: `zero_data_retention`. */
  readonly mode: string
}

/** Whether a request that costs nothing was answered. */
export interface ReachMeasured {
  readonly isAvailable: boolean
  /** Undefined when no answer came. */
  readonly status: number | undefined
  /** From the first byte out to the head of the answer; undefined when none came. */
  readonly latencyMs: number | undefined
}

/** One probe. What could not be measured is undefined, and why stands in `problems`. */
export interface Measured {
  readonly addresses: readonly string[] | undefined
  /** Undefined, too, where a connection needs no TLS: to this machine. */
  readonly tls: TlsMeasured | undefined
  readonly retention: RetentionMeasured | undefined
  readonly reach: ReachMeasured | undefined
  readonly problems: readonly string[]
}

/** What is known of a connection by probes, over all of them. */
export interface Probed {
  readonly connection: string
  /** The address, and the account asked about: of another one nothing of this is known. */
  readonly target: string
  readonly atMs: number
  /** Each `by: probe`. */
  readonly facts: Partial<OfferingFacts>
  readonly addresses: readonly string[] | undefined
  readonly tls: TlsMeasured | undefined
  readonly retention: RetentionMeasured | undefined
  /** Of the last probe. */
  readonly problems: readonly string[]
}

/** A document and a probe that differ; the probe counts. */
export interface Contradiction {
  readonly fact: string
  readonly said: FactValue
  readonly by: 'doc' | 'contract' | 'probe'
  readonly measured: FactValue
}

/** A connection as the page and the command line show it. */
export interface ProbeView {
  readonly connection: string
  /** Of the last probe; null when there was none. */
  readonly at: string | null
  /** Null: not measured. `this machine` says nothing of what stands behind. */
  readonly endpoint: 'private' | 'public' | 'mixed' | 'this machine' | null
  readonly addresses: readonly string[]
  readonly tls: TlsMeasured | null
  readonly retention: RetentionMeasured | null
  readonly facts: readonly {
    readonly fact: string
    readonly is: FactValue
    readonly until: string | null
    readonly hasEnded: boolean
  }[]
  readonly availability: Availability | null
  readonly problems: readonly string[]
}

/** Over the last probes, 100 at most. */
export interface Availability {
  readonly probes: number
  readonly answered: number
  /** Of those answered; null when none was. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}

/** Answer of `POST /api/offerings/:id/probe` and of `sallyport offering probe`. */
export interface ProbeAnswer {
  readonly offering: string
  readonly probe: ProbeView
  readonly contradictions: readonly Contradiction[]
  /** Names of what differs from the probe before. */
  readonly changed: readonly string[]
  readonly ceiling: { readonly class: string | null; readonly reasons: readonly string[] }
}
