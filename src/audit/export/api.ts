/** The export, as its parts see each other: an event, a format that writes it, a sink that takes it. */
import type { SinkSettings } from '#/settings/api.ts'
import type { LoggedHead } from '../api.ts'

export interface ExportedPerson {
  readonly email: string
  readonly name: string
}

interface AnyEvent {
  /** Never given twice: `origin#index` of an entry. Whoever receives an event twice drops one by it. */
  readonly id: string
  readonly origin: string
  readonly atMs: number
}

export interface EntryEvent extends AnyEvent {
  readonly is: 'entry'
  readonly head: LoggedHead
  /** RFC 6962 hash of the entry, base64: what a proof and a checkpoint speak of. */
  readonly leafHash: string
  /** Only where a sink is set to name people. */
  readonly person: ExportedPerson | undefined
}

/** A signed note over the first `size` entries. Kept elsewhere it shows when the log was written anew. */
export interface CheckpointEvent extends AnyEvent {
  readonly is: 'checkpoint'
  readonly size: number
  readonly note: string
}

/** What `audit export test` sends. */
export interface TestEvent extends AnyEvent {
  readonly is: 'test'
}

export type ExportEvent = EntryEvent | CheckpointEvent | TestEvent

export interface EventFormat {
  readonly name: string
  /** Of the schema and of our mapping to it; stands in every event. */
  readonly version: string
  readonly isJson: boolean
  /** What stands above the first event of a file, on one line. */
  readonly heading?: string
  /** One line without a control character, whatever stands in the event. */
  readonly format: (event: ExportEvent) => string
}

/** Versions of the product, which every format names. */
export interface Product {
  readonly version: string
}

export interface FormattedEvent {
  readonly event: ExportEvent
  readonly line: string
}

/** A sink that is open. Calls come one after the other. */
export interface Sink {
  /**
   * Hands over. Once it resolves, the sink has what is not among `refused` as far as its protocol tells before `settle`.
   * Rejects with `SinkFailure`; then any part of it may have arrived.
   */
  readonly send: (events: readonly FormattedEvent[]) => Promise<{ readonly refused: readonly RefusedEvent[] }>
  /** Resolves once everything sent since the last time has arrived to stay; only then the cursor moves on. */
  readonly settle: () => Promise<void>
  /** What was sent and not settled is sent again later. Ends whatever is under way. */
  readonly close: () => Promise<void>
}

/** An event the sink does not want, now or ever, while others pass. */
export interface RefusedEvent {
  readonly id: string
  readonly why: string
}

/** The sink is down, slow or wrong: everything since the last `settle` is sent again later. */
export class SinkFailure extends Error {
  override readonly name = 'SinkFailure'
  /** How long the sink asked to be left alone. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, options: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {}) {
    super(message, options)
    this.retryAfterMs = options.retryAfterMs
  }
}

/** One way out of the log, before it is opened. */
export interface SinkKind<Kind extends SinkSettings['kind'] = SinkSettings['kind']> {
  readonly kind: Kind
  /** Settled at the latest after so long, and at once when 0. A connection may stay open in between. */
  readonly settleEveryMs: number
  /** For people: where it goes. Holds no secret. */
  readonly describe: (settings: Extract<SinkSettings, { readonly kind: Kind }>) => string
  readonly open: (settings: Extract<SinkSettings, { readonly kind: Kind }>, around: SinkSurroundings) => Sink
}

export interface SinkSurroundings {
  readonly token?: string | undefined
  readonly ca?: string | undefined
  readonly certificate?: string | undefined
  readonly privateKey?: string | undefined
  readonly format: EventFormat
  readonly product: Product
  /** Name of this machine. */
  readonly hostName: string
}
