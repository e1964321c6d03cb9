/**
 * The refusal catalogue: every refusal a person or a program may be shown, in one place, so that its
 * sentence can be reviewed by people who do not read code. A refusal carries facts, never text a user typed.
 * Each family has its file in refusals/; `docs/guide/refusals.md` shows all of them.
 */

import { accessRefusals } from './refusals/access.ts'
import { contentRefusals } from './refusals/content.ts'
import type { Entry, Facts, Refusals, Remedy } from './refusals/entry.ts'
import { failureRefusals } from './refusals/failures.ts'
import { keyRefusals } from './refusals/keys.ts'
import { limitRefusals } from './refusals/limits.ts'
import { logRefusals } from './refusals/log.ts'
import { offeringRefusals } from './refusals/offering.ts'
import { recordRefusals } from './refusals/records.ts'
import { requestRefusals } from './refusals/request.ts'
import { signInRefusals } from './refusals/sign-in.ts'
import { useCaseRefusals } from './refusals/use-case.ts'
import { list } from './refusals/words.ts'

export type { Evidence, Facts, Remedy } from './refusals/entry.ts'

/** In the order in which they are read about; no code stands in two. */
export const refusalFamilies: readonly (readonly [title: string, Refusals])[] = [
  ['Who is asking, and from where', signInRefusals],
  ['Keys and tools', keyRefusals],
  ['Roles, access and switches', accessRefusals],
  ['Records and publishing', recordRefusals],
  ['What was asked', requestRefusals],
  ['What may not leave, or not be shown', contentRefusals],
  ['Where it may not go', offeringRefusals],
  ['Use cases and tasks', useCaseRefusals],
  ['Limits', limitRefusals],
  ['The log', logRefusals],
  ['What failed', failureRefusals],
]

export const refusals = {
  ...signInRefusals,
  ...keyRefusals,
  ...accessRefusals,
  ...recordRefusals,
  ...requestRefusals,
  ...contentRefusals,
  ...offeringRefusals,
  ...useCaseRefusals,
  ...limitRefusals,
  ...logRefusals,
  ...failureRefusals,
} as const satisfies Refusals

export type RefusalCode = keyof typeof refusals

/** How many calls an error takes down; other engines than Node's know no such limit. */
const traced = Error as typeof Error & { stackTraceLimit?: number | undefined }

/** A moderation model saw it before it was refused: then nobody may say that nothing left. */
const withShown = (sentence: string, { shownTo }: Facts): string =>
  shownTo === undefined
    ? sentence
    : `${sentence
        .replace(/, so nothing was sent\.$/, ', so it was not sent on.')
        .replace(
          /Nothing was sent\.$/,
          'It was not sent on.',
        )} Only ${list(shownTo)}, the moderation model, was shown it.`

/**
 * Thrown wherever a request is refused; caught once, at the edge, and written in the caller's dialect. It is expected, and its
 * code and facts say what happened: only a defect takes down where it was made, which costs as much as deciding does.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: Facts
  override readonly name = 'Refusal'

  constructor(code: RefusalCode, facts: Facts = {}, options?: ErrorOptions) {
    const sentence = withShown((refusals[code] as Entry).sentence(facts), facts)
    const { stackTraceLimit } = traced
    if (code !== 'defect') traced.stackTraceLimit = 0
    super(sentence, options)
    traced.stackTraceLimit = stackTraceLimit
    this.code = code
    this.facts = facts
  }

  get status(): number {
    return refusals[this.code].status
  }

  get remedies(): readonly Remedy[] {
    return (refusals[this.code] as Entry).remedies(this.facts)
  }
}
