import { type EndedHeaders, lastingKinds, readEndedFact } from './ended.ts'
import type { GoneReport } from './gone-payloads.ts'
import type { Header } from './header.ts'

/**
 * Headers that are gone, held against the entries that say they should be: `retention` names up to where, their root, and
 * how many stay. Only an entry the checkpoint covers counts: anybody who can write into the folder can add one behind it.
 */
export class EndedCheck {
  /** Entries whose headers are gone. */
  readonly #first: number
  readonly #signedSize: number
  /** Where segments end, and headers with them: the root of the tree, in hex, and the headers so far that stay. */
  readonly #ends = new Map<number, { readonly root: string; readonly kept: number }>()
  readonly #said: (EndedHeaders & { readonly by: number })[] = []
  #kept = 0

  constructor(first: number, signedSize: number) {
    this.#first = first
    this.#signedSize = signedSize
  }

  /** Headers that stayed of segments that ended. */
  takeKept(count: number): void {
    this.#kept += count
  }

  takeRoot(size: number, root: Buffer): void {
    this.#ends.set(size, { root: root.toString('hex'), kept: this.#kept })
  }

  takeEntry({ kind, index, facts }: Header): void {
    if (lastingKinds.has(kind)) this.#kept++
    const ended = kind === 'retention' && index < this.#signedSize ? readEndedFact(facts.ended) : undefined
    if (ended !== undefined && ended.below <= index) this.#said.push({ by: index, ...ended })
  }

  report(): GoneReport {
    if (this.#first === 0) return { problems: [], notes: [] }
    const range = `the headers of entries 0 to ${this.#first - 1}`
    const fitting = this.#said.filter(({ below }) => below >= this.#first)
    const sound = fitting.find(({ below, root }) => this.#ends.get(below)?.root === root)
    if (sound !== undefined) {
      const { kept = sound.kept } = this.#ends.get(sound.below) ?? {}
      if (sound.kept !== undefined && kept !== sound.kept)
        return {
          problems: [
            `${range} ended but for ${sound.kept}, as entry ${sound.by} says, and ${kept} are there`,
          ],
          notes: [],
        }
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
