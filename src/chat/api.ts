/**
 * Where dialects and providers meet. A dialect is what a client speaks on the wire; a provider is what a
 * vendor speaks. Same-dialect traffic keeps its parsed body, unknown fields with it; the canonical
 * `Conversation` and `ChatEvent`s serve providers that speak none of the dialects, such as `demo`.
 */
import type { JsonObject } from '#/core/json.ts'
import type { Evidence } from '#/core/refusal.ts'
import type { JsonPath, Segment } from '#/core/segment.ts'
import type { StatefulFeature, StatefulUse } from '#/core/stateful-feature.ts'

export type DialectName = 'openai-chat' | 'anthropic-messages'

/**
 * A part that holds no text by itself: a picture, a file, audio. It is reported, never called clean. `base64`: its
 * bytes, where they came along, for whoever can open files.
 */
export interface UnreadPart {
  readonly path: JsonPath
  readonly mediaType: string
  readonly base64?: string
}

/**
 * A segment of a body. `isLed`: it is a value under a name of somebody's own, and its text is that member as it would
 * stand in a text, `"name": "value"`, because some values are only known by their name. `patchBody` takes the value out.
 */
export interface ChatSegment extends Segment {
  readonly isLed?: boolean
}

/** A request as read from the wire. Nothing here is ever changed; a transform makes a new body. */
export interface ChatRequest {
  readonly dialect: DialectName
  readonly model: string
  readonly isStream: boolean
  readonly body: JsonObject
  /** Every string, number beyond 7 digits and key of the body that could leave, in the order they stand. */
  readonly segments: readonly ChatSegment[]
  readonly unread: readonly UnreadPart[]
  readonly maxOutputTokens: number | undefined
}

/** Tokens as the log counts them: `input` excludes what was read from or written to the provider's cache. */
export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
}

/** A whole answer as read from the wire. */
export interface WholeAnswer {
  readonly body: JsonObject
  /** Texts of the answer: channel `answer`, or `tool-arguments` for calls the model asks for. */
  readonly segments: readonly ChatSegment[]
  readonly usage: Usage | undefined
  readonly finish: string | undefined
  readonly toolNames: readonly string[]
}

/** One server-sent event as it came: its name (if any), its data (lines joined), its raw text with the blank line. */
export interface SseEvent {
  readonly event: string | undefined
  readonly data: string
  readonly raw: string
}

/**
 * A text piece of a stream event. Pieces of one `slot` (a content block, a choice, a tool call) join up to
 * one text. In the channel `tool-arguments` it is the source of a JSON text, or what a tool of another kind takes.
 */
export interface StreamPiece {
  readonly slot: string
  readonly text: string
  readonly channel: 'answer' | 'tool-arguments'
  /** The name of the member it is the value of, where it is one: some values are only known by it. */
  readonly under: string | number | undefined
  /** Signed reasoning: read, never changed. */
  readonly isFixed: boolean
}

/** What one stream event means. */
export interface StreamPart {
  readonly pieces: readonly StreamPiece[]
  /** Slots that end with this event; held text must be released before it. */
  readonly closes: readonly string[] | 'all'
  readonly usage: Usage | undefined
  readonly finish: string | undefined
  readonly toolNames: readonly string[]
  /** The provider says the answer is over (`[DONE]`, `message_stop`): released only after the outcome is logged. */
  readonly isEnd: boolean
  /** The provider reports an error after status 200. */
  readonly isError: boolean
  /** The same event with other texts, one per piece, as SSE text. */
  readonly withTexts: (texts: readonly string[]) => string
}

/** Reads one stream. Stateful: one per exchange. Throws `Refusal('provider-malformed')` on an unreadable event. */
export interface StreamReader {
  readonly read: (event: SseEvent) => StreamPart
  /** An event of its own that carries `text` for `slot`: releases what was held when the slot ends. */
  readonly release: (slot: string, text: string) => string
}

export interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON source. */
  readonly arguments: string
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
  readonly toolCallId?: string
}

export interface ChatTool {
  readonly name: string
  readonly description: string
  readonly parameters: JsonObject
}

/** The request without any wire around it. */
export interface Conversation {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly tools: readonly ChatTool[]
  readonly maxOutputTokens: number | undefined
}

/** The answer without any wire around it, in the order it is made. */
export type ChatEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string }
  | { readonly kind: 'tool-arguments'; readonly id: string; readonly text: string }
  | { readonly kind: 'end'; readonly finish: 'stop' | 'tool-calls' | 'length'; readonly usage: Usage }

/** Writes canonical events as this dialect's wire. Stateful: one per exchange. */
export interface AnswerWriter {
  /** SSE text for one event; the end event includes the dialect's end marker. */
  readonly event: (event: ChatEvent) => string
  /** The whole answer, once all events were given to `event`. */
  readonly whole: () => JsonObject
}

/** An error as a dialect writes it. */
export interface WireError {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface ErrorFacts {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly field: string | undefined
  readonly remedies: readonly { readonly id: string; readonly text: string }[]
  /** Where in the request stands what is refused. */
  readonly findings?: readonly Evidence[] | undefined
  /** After how many seconds the same may be asked again, where that is known. */
  readonly retryAfterSeconds?: number | undefined
  readonly requestId: string
  /** The client's user agent: some clients need another status to show the message (research, section 2.3). */
  readonly userAgent: string
}

export interface ModelListing {
  readonly id: string
  readonly createdAtMs: number
  readonly ownedBy: string
}

/** What must not be used of a provider. */
export interface StateLimits {
  readonly off: readonly StatefulFeature[]
  /** It keeps answers unless it is told not to. */
  readonly storesUnasked: boolean
}

/** What a client speaks. One folder per dialect under `dialects/`, one line in `dialects/index.ts`. */
export interface Dialect {
  readonly name: DialectName
  /** The path clients post to. */
  readonly path: string
  /** Throws `Refusal('request-invalid', {field, problem})` and `Refusal('state-on-server')`. */
  readonly read: (body: JsonObject) => ChatRequest
  /** What of a body makes a provider keep something and cannot be taken out without another meaning. */
  readonly statefulUses: (body: JsonObject) => readonly StatefulUse[]
  /** The body without what can be taken out; the body itself when there is nothing. Never changes what it is given. */
  readonly withoutState: (body: JsonObject, limits: StateLimits) => JsonObject
  /** The part of a message that says `text` where `part` carried a file with this text. */
  readonly textPart: (part: JsonObject, text: string) => JsonObject
  /** The canonical view of a (transformed) body. */
  readonly conversation: (body: JsonObject) => Conversation
  readonly readAnswer: (body: JsonObject) => WholeAnswer
  /**
   * An answer whose texts were changed or judged, without what repeats them: log probabilities would tell what stood
   * there. The body itself when nothing does.
   */
  readonly withoutEchoes: (body: JsonObject) => JsonObject
  readonly openStream: () => StreamReader
  readonly openWriter: (facts: {
    readonly id: string
    readonly model: string
    readonly createdAtMs: number
    readonly includeUsage: boolean
  }) => AnswerWriter
  readonly writeError: (facts: ErrorFacts) => WireError
  /** The same error inside a stream that already began with status 200, as SSE text with its end. */
  readonly writeStreamError: (facts: ErrorFacts) => string
  readonly writeModel: (model: ModelListing) => JsonObject
  readonly writeModels: (models: readonly ModelListing[]) => JsonObject
}
