import { createHash, hash } from 'node:crypto'
import type { Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector } from '#/inspect/api.ts'

/**
 * Below this length keeping a verdict costs as much as finding it again: hashing, an entry of a table that lives long,
 * and its collection, against some microseconds of inspection.
 */
const hashedFrom = 1_024
const keptVerdicts = 20_000

/** From this length on, putting version, channel and text together first is a copy that costs half the hash. */
const hashedInPartsFrom = 65_536

/**
 * Verdicts of texts seen before. Clients send the whole conversation again with every turn, so a turn costs what
 * it adds. Keys are SHA-256 over the inspector's version, the channel and the text: no clear text is kept, and a
 * new rule or term makes every old verdict unreachable. Values hold positions and kinds only.
 */
export class VerdictCache {
  readonly #verdicts = new Map<string, readonly Finding[]>()

  inspect(inspector: Inspector, text: string, channel: Channel): readonly Finding[] {
    if (text.length < hashedFrom) return inspector.inspect(text, channel)
    const key = this.keyOf(inspector, text, channel)
    const known = this.#verdicts.get(key)
    if (known !== undefined) return known
    const found = inspector.inspect(text, channel)
    this.keep(key, found)
    return found
  }

  keyOf({ version }: Pick<Inspector, 'version'>, text: string, channel: Channel): string {
    const head = `${version}\n${channel}\n`
    if (text.length < hashedInPartsFrom) return hash('sha256', head + text, 'base64')
    return createHash('sha256').update(head).update(text).digest('base64')
  }

  find(key: string): readonly Finding[] | undefined {
    return this.#verdicts.get(key)
  }

  keep(key: string, found: readonly Finding[]): void {
    if (this.#verdicts.size >= keptVerdicts) this.#forgetOldest()
    this.#verdicts.set(key, found)
  }

  /** A tenth at once, so that a full cache does not pay for every text. Maps keep the order of insertion. */
  #forgetOldest(): void {
    let left = keptVerdicts / 10
    for (const key of this.#verdicts.keys()) {
      if (left-- <= 0) return
      this.#verdicts.delete(key)
    }
  }
}
