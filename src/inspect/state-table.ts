/**
 * States of a matching automaton over UTF-16 units. Transitions stand in one open-addressed table of numbers:
 * a map for each state would take many times the memory. State 0 is the beginning.
 */
export class StateTable {
  readonly #mask: number
  readonly #states: Int32Array
  readonly #units: Uint16Array
  readonly #targets: Int32Array
  /** For each state the state of its longest proper suffix that is a beginning as well. */
  readonly #fallbacks: Int32Array
  /** For each state itself if a text ends there, else the next such state along the fallbacks; 0 when there is none. */
  readonly #endings: Int32Array
  readonly #parents: Int32Array
  readonly #lastUnits: Uint16Array
  /** How many units lead to each state. */
  readonly #depths: Uint16Array
  #count = 1

  /** `most`: how many states there can be, the beginning included. */
  constructor(most: number) {
    let size = 16
    while (size < most * 2) size *= 2
    this.#mask = size - 1
    this.#states = new Int32Array(size)
    this.#units = new Uint16Array(size)
    this.#targets = new Int32Array(size)
    this.#fallbacks = new Int32Array(most)
    this.#endings = new Int32Array(most)
    this.#parents = new Int32Array(most)
    this.#lastUnits = new Uint16Array(most)
    this.#depths = new Uint16Array(most)
  }

  /** The state at the end of a text; adds what is missing on the way. */
  add(text: string): number {
    let state = 0
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      const slot = this.#slotOf(state, unit)
      if (this.#targets[slot] === 0) {
        this.#states[slot] = state
        this.#units[slot] = unit
        this.#targets[slot] = this.#count
        this.#parents[this.#count] = state
        this.#lastUnits[this.#count] = unit
        this.#depths[this.#count] = index + 1
        this.#count++
      }
      state = this.#targets[slot] as number
    }
    return state
  }

  /** Call once, after the last `add`. */
  link(isEnding: (state: number) => boolean): void {
    for (const state of this.#byDepth()) {
      const parent = this.#parents[state] as number
      const unit = this.#lastUnits[state] as number
      const fallback = parent === 0 ? 0 : this.step(this.#fallbacks[parent] as number, unit)
      this.#fallbacks[state] = fallback
      this.#endings[state] = isEnding(state) ? state : (this.#endings[fallback] as number)
    }
  }

  /** The state after one more unit. */
  step(from: number, unit: number): number {
    let state = from
    for (;;) {
      const target = this.#targets[this.#slotOf(state, unit)] as number
      if (target !== 0) return target
      if (state === 0) return 0
      state = this.#fallbacks[state] as number
    }
  }

  /** The longest text that ends at a state, as its state; 0 when none does. */
  endingAt(state: number): number {
    return this.#endings[state] as number
  }

  /** The next shorter text that ends where `ending` does; 0 when there is none. */
  endingBefore(ending: number): number {
    return this.#endings[this.#fallbacks[ending] as number] as number
  }

  /** Length of the text that leads to a state. */
  lengthOf(state: number): number {
    return this.#depths[state] as number
  }

  /** Slot of a transition, or the free slot it would take. The table is never more than half full. */
  #slotOf(state: number, unit: number): number {
    let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & this.#mask
    while (this.#targets[slot] !== 0 && (this.#states[slot] !== state || this.#units[slot] !== unit)) {
      slot = (slot + 1) & this.#mask
    }
    return slot
  }

  /** States nearest the beginning first. */
  #byDepth(): readonly number[] {
    const levels: number[][] = []
    for (let state = 1; state < this.#count; state++) {
      const level = levels[this.lengthOf(state)]
      if (level === undefined) levels[this.lengthOf(state)] = [state]
      else level.push(state)
    }
    return levels.flat()
  }
}
