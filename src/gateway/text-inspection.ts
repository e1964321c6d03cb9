import type { Finding } from '#/core/finding.ts'
import type { WriteLine } from '#/core/log-line.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { TextInChannel } from './inspect-worker.ts'
import type { InspectWorkers } from './inspect-workers.ts'
import type { OwnWords } from './inspectors.ts'
import type { VerdictCache } from './verdict-cache.ts'

/** Texts of one request that nobody has seen are looked at in place up to this length together: some milliseconds. */
export const mostInPlace = 16_384

/** Below this, a text of a long request is not worth a hash. */
const hashedFrom = 128

/** No kind is shorter than this; the shortest term a company may list has this length too. */
export const shortestFinding = 3

/** Who asks: for one snapshot, and only while somebody waits for the answer. */
export interface InspectionAsked {
  readonly snapshot: OwnWords
  readonly inspector: Inspector
  readonly isWanted: () => boolean
}

export interface TextInspectionParts {
  readonly verdicts: VerdictCache
  readonly workers: Pick<InspectWorkers, 'inspect'>
  readonly writeLine: WriteLine
}

type Findings = readonly Finding[]

/**
 * Looks at texts: what was seen before is answered at once, what is short is looked at in place, and what is long and
 * new goes to a worker, so that other exchanges go on. The verdict is the same wherever it is found.
 */
export class TextInspection {
  readonly #parts: TextInspectionParts
  #hasTold = false

  constructor(parts: TextInspectionParts) {
    this.#parts = parts
  }

  /** In place; for texts that are short together. */
  inspect(inspector: Inspector, { text, channel }: TextInChannel): Findings {
    return text.length < shortestFinding ? none : this.#parts.verdicts.inspect(inspector, text, channel)
  }

  /** Findings of each text. Rejects with `inspection-busy`, or with a defect: then nobody knows what is in them. */
  async inspectAll(asked: InspectionAsked, texts: readonly TextInChannel[]): Promise<readonly Findings[]> {
    const { verdicts } = this.#parts
    const found: Findings[] = []
    const unseen: (TextInChannel & { readonly index: number; readonly key: string | undefined })[] = []
    let characters = 0
    for (const [index, { text, channel }] of texts.entries()) {
      if (text.length < shortestFinding) {
        found[index] = none
        continue
      }
      const key = text.length < hashedFrom ? undefined : verdicts.keyOf(asked.inspector, text, channel)
      const known = key === undefined ? undefined : verdicts.find(key)
      if (known !== undefined) found[index] = known
      else {
        unseen.push({ text, channel, index, key })
        characters += text.length
      }
    }
    const inPlace = (): Findings[] =>
      unseen.map(({ text, channel }) => asked.inspector.inspect(text, channel))
    const fresh = characters <= mostInPlace ? inPlace() : ((await this.#inWorker(asked, unseen)) ?? inPlace())
    for (const [at, { index, key }] of unseen.entries()) {
      const findings = fresh[at]
      if (findings === undefined) throw new Error('a text came back without a verdict')
      found[index] = findings
      if (key !== undefined) verdicts.keep(key, findings)
    }
    return found
  }

  /** Undefined when workers find by another knowledge file than this process read: then it is slow, never wrong. */
  async #inWorker(
    { inspector, snapshot, isWanted }: InspectionAsked,
    texts: readonly TextInChannel[],
  ): Promise<readonly Findings[] | undefined> {
    const plain = texts.map(({ text, channel }) => ({ text, channel }))
    const { terms, patterns } = snapshot
    const found = await this.#parts.workers.inspect(inspector, { terms, patterns }, plain, isWanted)
    if (found === undefined && !this.#hasTold) {
      this.#hasTold = true
      this.#parts.writeLine({
        level: 'warning',
        what: 'the knowledge file was changed since the start: long texts hold up others until a restart',
      })
    }
    return found
  }
}

const none: Findings = []
