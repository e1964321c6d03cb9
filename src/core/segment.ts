/** Where in an exchange a text stands. Rules and thresholds may differ by channel; none is left out. */
export const channels = [
  'user',
  'system',
  'assistant',
  'tool-arguments',
  'tool-result',
  'tool-definition',
  'attachment',
  'field',
  'answer',
] as const

export type Channel = (typeof channels)[number]

/** A place in a JSON value: the keys and indexes that lead to it. */
export type JsonPath = readonly (string | number)[]

/**
 * One text inside a request or an answer.
 * `part` says whether it is the value at `path`, the name of the key there, or a string inside a JSON text
 * that stands at `path` (then `inner` leads on from the parsed JSON text, as tool arguments have it).
 * `isFixed` marks text that must not be changed (signed reasoning, ids): a rule that would change it refuses.
 */
export interface Segment {
  readonly text: string
  readonly channel: Channel
  readonly path: JsonPath
  readonly part: 'value' | 'key'
  readonly inner?: JsonPath
  readonly isFixed?: boolean
}

/** `messages.3.content.0.text`, as errors and findings name a place. */
export const formatPath = (path: JsonPath): string => path.join('.')
