/** Looking through what people entered and were answered: every entry is opened, one after the other, and none is kept. */
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog } from '../api.ts'
import { type AnswerLog, parseSealed, readAnswer } from '../read-answer.ts'
import type { MatchContent } from './match-content.ts'

export interface Scanned {
  /** Indexes of the entries that fit, in the order they were given. */
  readonly found: readonly number[]
  readonly scanned: number
  /** Entries that hold no text, or whose key was destroyed: what they held cannot be said. */
  readonly closed: number
  /** Entries that should open and do not. */
  readonly problems: readonly number[]
  /** More fit than were asked for: it stopped there. */
  readonly isCut: boolean
}

export type ScannedLog = AnswerLog & Pick<AuditLog, 'open'>

export interface ScanOptions {
  readonly limit: number
  /** Asked between slices: no, and it throws `reading-not-open`. */
  readonly mayGoOn: () => boolean
}

/** Opened at once: reads overlap, and what is decrypted in between others' turns stays below some milliseconds. */
const atOnce = 16

/** Of an intent the answer is looked through, too. */
export async function scanContents(
  log: ScannedLog,
  entries: readonly number[],
  matches: MatchContent,
  { limit, mayGoOn }: ScanOptions,
): Promise<Scanned> {
  const found: number[] = []
  const problems: number[] = []
  let closed = 0
  let scanned = 0
  while (scanned < entries.length && found.length <= limit) {
    if (!mayGoOn()) throw new Refusal('reading-not-open', { state: 'expired' })
    const some = entries.slice(scanned, scanned + atOnce)
    const looked = await Promise.all(some.map((index) => look(log, index, matches)))
    for (const [at, state] of looked.entries()) {
      const index = some[at] as number
      if (state === 'fits') found.push(index)
      else if (state === 'closed') closed++
      else if (state === 'problem') problems.push(index)
    }
    scanned += some.length
    await yieldToOthers()
  }
  return { found: found.slice(0, limit), scanned, closed, problems, isCut: found.length > limit }
}

async function look(
  log: ScannedLog,
  index: number,
  matches: MatchContent,
): Promise<'fits' | 'other' | 'closed' | 'problem'> {
  try {
    const entry = await log.open(index)
    const { answer } = entry?.kind === 'intent' ? await readAnswer(log, index) : {}
    const texts = textsOf([parseSealed(entry), answer])
    if (texts.length === 0) return 'closed'
    return matches(texts) ? 'fits' : 'other'
  } catch {
    // One changed payload must not hide the others; whoever asked is told which.
    return 'problem'
  }
}

/** Every text of what was sealed: names of fields, and what lies in files as base64, are none that somebody wrote. */
function textsOf(sealed: unknown): readonly string[] {
  const texts: string[] = []
  const waiting: unknown[] = [sealed]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value))
  }
  return texts
}
