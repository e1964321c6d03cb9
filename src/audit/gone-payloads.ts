import type { Header } from './header.ts'

/** What the verifier says of payloads that are not there, or were overwritten. */
export interface GoneReport {
  readonly problems: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Payloads that are gone, held against the entries that say they should be: `retention` names files, `erase` names
 * entries. These entries stand behind what they are about, so the verdict comes at the end of the log. Only one the
 * checkpoint covers counts: anybody who can write into the folder can add one behind it.
 */
export class GonePayloads {
  /** Per missing file: the entries whose payloads lay there. */
  readonly #missing = new Map<string, number[]>()
  readonly #overwritten: number[] = []
  readonly #goneFiles = new Map<string, number>()
  readonly #erased = new Map<number, number>()
  readonly #signedSize: number

  constructor(signedSize: number) {
    this.#signedSize = signedSize
  }

  takeMissing(index: number, file: string): void {
    const known = this.#missing.get(file)
    if (known === undefined) this.#missing.set(file, [index])
    else known.push(index)
  }

  takeOverwritten(index: number): void {
    this.#overwritten.push(index)
  }

  /** Lists come from a folder somebody else may have prepared: what is no list of the right values counts for nothing. */
  takeEntry({ kind, index, facts }: Header): void {
    if (index >= this.#signedSize) return
    const { goneFiles, erased } = facts
    if (kind === 'retention' && Array.isArray(goneFiles)) {
      for (const file of goneFiles) this.#goneFiles.set(String(file), index)
    }
    if (kind === 'erase' && Array.isArray(erased)) {
      for (const each of erased) if (Number(each) < index) this.#erased.set(Number(each), index)
    }
  }

  report(): GoneReport {
    const problems: string[] = []
    const notes: string[] = []
    for (const [file, indexes] of this.#missing) {
      const by = this.#goneFiles.get(file)
      if (by !== undefined)
        notes.push(`${indexes.length} payloads in ${file} ended by retention: entry ${by}`)
      else
        for (const index of indexes) problems.push(`entry ${index}: the file ${file} of its payload is gone`)
    }
    for (const index of this.#overwritten) {
      const by = this.#erased.get(index)
      if (by === undefined)
        problems.push(`entry ${index}: its payload was overwritten, and no entry says why`)
      else notes.push(`entry ${index}: its payload was erased by entry ${by}`)
    }
    return { problems, notes }
  }
}
