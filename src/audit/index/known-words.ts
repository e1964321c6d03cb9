/** Words kept in memory; whoever falls out is looked up again. Bounds memory at some 20 MB. */
const most = 100_000

/** Ids of words, by the place they stand in. */
export class KnownWords {
  readonly #places = new Map<string, Map<string, number>>()
  #size = 0

  get(place: string, text: string): number | undefined {
    return this.#places.get(place)?.get(text)
  }

  /** One that is not known yet. */
  add(place: string, text: string, id: number): void {
    if (this.#size >= most) this.clear()
    let words = this.#places.get(place)
    if (words === undefined) {
      words = new Map()
      this.#places.set(place, words)
    }
    words.set(text, id)
    this.#size++
  }

  clear(): void {
    this.#places.clear()
    this.#size = 0
  }
}
