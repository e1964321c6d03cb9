import type { ChatEvent, Conversation, DialectName } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'

/** A connection from the settings, its credential already resolved. Never logged, never shown. */
export interface Connection {
  readonly id: string
  readonly kind: string
  /** Absent for providers that run in process. */
  readonly url: string | undefined
  readonly region: string | undefined
  readonly credential: string | undefined
  /** Milliseconds a provider may be silent before the exchange is ended. */
  readonly silenceLimitMs: number
}

/** One HTTP request to a vendor. `path` starts with a slash and is appended to the connection's base URL. */
export interface VendorRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** A body, and the JSON it is sent as: the very bytes that came where nothing of them was changed. */
export interface SentBody {
  readonly body: JsonObject
  readonly json: string | Uint8Array
}

/**
 * A provider turns a transformed body into what a vendor takes. `speaks` names the dialect it passes on as it
 * is; `'chat'` means it answers canonical conversations in process.
 * `clientHeaders` holds only those of the client's headers the provider lists in `passes`.
 */
export type Provider =
  | {
      readonly kind: string
      readonly speaks: DialectName
      readonly passes: readonly string[]
      readonly request: (
        sent: SentBody,
        connection: Connection,
        clientHeaders: Readonly<Record<string, string>>,
      ) => VendorRequest
      /** Asks a moderation model about texts; left out where the vendor has none of its own. */
      readonly moderation?: (texts: readonly string[], model: string, connection: Connection) => VendorRequest
      /** A GET that costs nothing and says nothing: the list of models. `path` as in `VendorRequest`. */
      readonly probe: (connection: Connection) => Omit<VendorRequest, 'body'>
    }
  | {
      readonly kind: string
      readonly speaks: 'chat'
      readonly answer: (conversation: Conversation, signal: AbortSignal) => AsyncIterable<ChatEvent>
    }
