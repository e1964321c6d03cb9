import type { Publication } from './api.ts'
import { addChange, type Items, nameOf, withChange } from './items.ts'

/** Everything that was ever published, and what serves by it. In memory, as the register is. */
export class PublicationHistory {
  readonly #list: Publication[] = []
  /** How many of the items of each were new. */
  readonly #added: number[] = []
  #current: Items = new Map()
  #before: Items = new Map()
  #kept: { readonly number: number; readonly items: Items } | undefined

  get newest(): Publication | undefined {
    return this.#list.at(-1)
  }

  get nextNumber(): number {
    return this.#list.length + 1
  }

  get current(): Items {
    return this.#current
  }

  /** After a step back nothing is published by itself. */
  get isHeld(): boolean {
    return this.newest?.cause === 'rollback'
  }

  /** What one step back would serve; undefined when there is none: the first one, or a step back was made already. */
  get stepBack(): Items | undefined {
    return this.#list.length < 2 || this.isHeld ? undefined : this.#before
  }

  /** Throws when a publication is missing: what serves would be made up. */
  take(publication: Publication): void {
    if (publication.number !== this.nextNumber)
      throw new Error(`publication ${this.nextNumber} is missing; there is ${publication.number}`)
    this.#added.push(publication.put.filter((item) => !this.#current.has(nameOf(item))).length)
    this.#before = this.#current
    this.#current = withChange(this.#current, publication)
    this.#list.push(publication)
  }

  find(number: number): Publication | undefined {
    return this.#list[number - 1]
  }

  addedBy({ number }: Publication): number {
    return this.#added[number - 1] ?? 0
  }

  /** Newest first. */
  last(most: number): readonly Publication[] {
    return this.#list.slice(-most).toReversed()
  }

  /** What was published by number `number`; nothing by 0. */
  itemsOf(number: number): Items {
    if (number === this.#list.length) return this.#current
    if (number === this.#list.length - 1) return this.#before
    if (this.#kept?.number === number) return this.#kept.items
    const items = new Map()
    for (const each of this.#list.slice(0, number)) addChange(items, each)
    this.#kept = { number, items }
    return items
  }

  /** What was published at a moment; undefined before there was anything. */
  itemsAt(atMs: number): Items | undefined {
    const found = this.#list.findLast((each) => each.atMs <= atMs)
    return found && this.itemsOf(found.number)
  }
}
