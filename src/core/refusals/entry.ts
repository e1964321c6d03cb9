/** A way on that works now. `id` is stable for programs, `text` is for people. */
export interface Remedy {
  readonly id: string
  readonly text: string
}

/**
 * Where in the request something stands that may not leave; the offsets point into the text at `field`, and are 0 where a
 * file stands there. `rule`: the id of the rule that stops it.
 */
export interface Evidence {
  readonly field: string
  readonly rule?: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly label: string
}

export type Facts = Readonly<
  Record<string, string | number | boolean | undefined | readonly string[] | readonly Evidence[]>
>

export interface Entry {
  readonly status: number
  readonly sentence: (facts: Facts) => string
  readonly remedies: (facts: Facts) => readonly Remedy[]
}

/** A family of the catalogue, by code. */
export type Refusals = Readonly<Record<string, Entry>>
