import type { Header } from './header.ts'
import { type ProgressText, RunningDigest } from './progress.ts'

interface Followed {
  readonly newest: number
  readonly answerBytes: number
  /** Undefined once a part could not be opened: nothing after it can be compared. */
  digest: RunningDigest | undefined
}

/** That `progress` entries belong to an exchange that is open, stand in order, and say what they seal. */
export class ProgressCheck {
  readonly #problem: (text: string) => void
  readonly #followed = new Map<number, Followed>()

  constructor(problem: (text: string) => void) {
    this.#problem = problem
  }

  /** A `progress` entry; `isOpen` says whether its intent waits for an outcome. */
  take({ index, facts }: Header, isOpen: boolean): void {
    const { intent, progress, answerBytes = -1 } = facts
    if (intent === undefined || !isOpen) {
      this.#problem(`entry ${index}: progress of ${intent}, which is no intent or already has an outcome`)
      return
    }
    const before = this.#followed.get(intent)
    if (progress !== before?.newest) {
      this.#problem(`entry ${index}: says that ${progress} is the progress before it, not ${before?.newest}`)
    }
    if (answerBytes <= (before?.answerBytes ?? 0)) {
      this.#problem(`entry ${index}: says ${answerBytes} bytes of the answer are known, not more than before`)
    }
    this.#followed.set(intent, { newest: index, answerBytes, digest: before?.digest })
  }

  /** The outcome of an intent names the last progress there was. */
  end({ index, facts }: Header, intent: number): void {
    const newest = this.#followed.get(intent)?.newest
    if (facts.progress !== newest) {
      this.#problem(`entry ${index}: the outcome names ${facts.progress} as its last progress, not ${newest}`)
    }
    this.#followed.delete(intent)
  }

  /** What a `progress` entry seals; undefined when it cannot be opened. */
  takeOpened({ index, facts }: Header, text: Buffer | undefined): void {
    const followed = this.#followed.get(facts.intent ?? -1)
    if (followed?.newest !== index) return
    const isFirst = facts.progress === undefined
    const sealed = text && readProgress(text)
    if (text !== undefined && sealed === undefined) this.#problem(`entry ${index}: seals no progress`)
    if (isFirst && sealed !== undefined) followed.digest = new RunningDigest(sealed.salt)
    if (sealed === undefined) followed.digest = undefined
    else if (followed.digest !== undefined && followed.digest.add(sealed.pieces) !== facts.digest) {
      this.#problem(`entry ${index}: its digest is not that of the answer sealed so far`)
    }
  }
}

/** A payload may come from a folder somebody else prepared. */
function readProgress(text: Buffer): ProgressText | undefined {
  try {
    const value = JSON.parse(text.toString('utf8')) as Partial<ProgressText> | null
    if (typeof value?.salt !== 'string' || !Array.isArray(value.pieces)) return undefined
    return value.pieces.every((piece) => typeof piece?.text === 'string')
      ? (value as ProgressText)
      : undefined
  } catch {
    // Not JSON: the caller says that it is no progress.
    return undefined
  }
}
