/** The best row of tags. Tag 0 is outside; 1 + 2k begins and 2 + 2k goes on with a name of type k. */

export const outsideTag = 0
export const beginTag = (type: number): number => 1 + 2 * type
export const insideTag = (type: number): number => 2 + 2 * type
export const isInside = (tag: number): boolean => tag > 0 && tag % 2 === 0
export const typeOfTag = (tag: number): number => (tag - 1) >> 1

/** An inside tag may only follow its own begin or inside tag. */
export const mayFollow = (tag: number, before: number): boolean =>
  !isInside(tag) || before === tag || before === tag - 1

/** Space for one run of candidates, used again for the next. */
export class Decoder {
  readonly #tags: number
  readonly #allowed: readonly (readonly number[])[]
  #best = new Float32Array(0)
  #from = new Uint8Array(0)

  constructor(tags: number) {
    this.#tags = tags
    this.#allowed = Array.from({ length: tags }, (_, tag) =>
      Array.from({ length: tags }, (_, before) => before).filter((before) => mayFollow(tag, before)),
    )
  }

  /**
   * `scores[at * tags + tag]`, `transitions[before * tags + tag]`. What stands before and after the run is outside.
   * Writes the tags into `path`. Viterbi's algorithm: time is `count` times the square of the tags.
   */
  decode(
    scores: Float32Array | Int32Array,
    count: number,
    transitions: Float32Array,
    path: Uint8Array,
  ): void {
    const tags = this.#tags
    if (this.#best.length < count * tags) {
      this.#best = new Float32Array(count * tags * 2)
      this.#from = new Uint8Array(count * tags * 2)
    }
    const best = this.#best
    const from = this.#from
    for (let tag = 0; tag < tags; tag++) {
      best[tag] = isInside(tag) ? -1e9 : (scores[tag] as number) + (transitions[tag] as number)
    }
    for (let at = 1; at < count; at++) {
      const row = at * tags
      for (let tag = 0; tag < tags; tag++) {
        let most = -Infinity
        let choice = 0
        const allowed = this.#allowed[tag] as readonly number[]
        for (let index = 0; index < allowed.length; index++) {
          const before = allowed[index] as number
          const score = (best[row - tags + before] as number) + (transitions[before * tags + tag] as number)
          if (score > most) {
            most = score
            choice = before
          }
        }
        best[row + tag] = most + (scores[row + tag] as number)
        from[row + tag] = choice
      }
    }
    let tag = 0
    let most = -Infinity
    const last = (count - 1) * tags
    for (let each = 0; each < tags; each++) {
      const score = (best[last + each] as number) + (transitions[each * tags] as number)
      if (score > most) {
        most = score
        tag = each
      }
    }
    for (let at = count - 1; at >= 0; at--) {
      path[at] = tag
      tag = from[at * tags + tag] as number
    }
  }
}
