import { readEndedFact } from './ended.ts'
import type { GoneReport } from './gone-payloads.ts'
import type { Header } from './header.ts'

/** Headers that are gone, held against the entries that say they should be: `retention` names up to where, and their root. */
export class EndedCheck {
  /** Entries whose headers are gone. */
  readonly #first: number
  /** Roots of the tree, in hex, where segments end: headers end with a segment. */
  readonly #roots = new Map<number, string>()
  readonly #said: { readonly by: number; readonly below: number; readonly root: string }[] = []

  constructor(first: number) {
    this.#first = first
  }

  takeRoot(size: number, root: Buffer): void {
    this.#roots.set(size, root.toString('hex'))
  }

  takeEntry({ kind, index, facts }: Header): void {
    const ended = kind === 'retention' ? readEndedFact(facts.ended) : undefined
    if (ended !== undefined && ended.below <= index) this.#said.push({ by: index, ...ended })
  }

  report(): GoneReport {
    if (this.#first === 0) return { problems: [], notes: [] }
    const range = `the headers of entries 0 to ${this.#first - 1}`
    const fitting = this.#said.filter(({ below }) => below >= this.#first)
    const sound = fitting.find(({ below, root }) => this.#roots.get(below) === root)
    if (sound !== undefined) {
      const rest = sound.below > this.#first ? `; those up to ${sound.below - 1} end with the next start` : ''
      return { problems: [], notes: [`${range} ended by retention: entry ${sound.by}${rest}`] }
    }
    const [other] = fitting
    const why =
      other === undefined
        ? 'and no entry says that retention ended them'
        : `and entry ${other.by}, which ended some, names other ones`
    return { problems: [`${range} are gone, ${why}`], notes: [] }
  }
}
