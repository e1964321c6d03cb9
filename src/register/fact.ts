import { z } from 'zod'
import { day, dayAfter, endOfDayMs, line, startOfDayMs } from './fields.ts'

/** How a fact is known. A probe overrules a contract, a contract overrules a document. */
export const factSources = ['doc', 'contract', 'probe'] as const

export type FactSource = (typeof factSources)[number]

/** Something said of an offering, with where it is from, the day it was true, and the last day it may be relied on. */
export interface Fact<T> {
  readonly is: T
  readonly source: string
  readonly asOf: string
  readonly until?: string | undefined
  readonly by: FactSource
}

export const fact = <T>(is: z.ZodType<T>) =>
  z
    .strictObject(
      {
        is,
        source: line(500),
        asOf: day,
        until: day.optional(),
        by: z.enum(factSources, `must be one of ${factSources.join(', ')}`),
      },
      'must be a fact: { is, source, asOf, until, by }',
    )
    .refine(({ asOf, until }) => until === undefined || startOfDayMs(until)! >= startOfDayMs(asOf)!, {
      path: ['until'],
      message: 'must not be before asOf',
    })

/** What the fact says, as long as it may be relied on. Missing and ended facts are unknown. */
export const known = <T>(said: Fact<T> | undefined, nowMs: number): T | undefined =>
  said === undefined || hasEnded(said, nowMs) ? undefined : said.is

export const hasEnded = ({ until }: Fact<unknown>, nowMs: number): boolean =>
  until !== undefined && nowMs >= endOfDayMs(until)

/** A document is relied on for half a year, then somebody reads it again: terms change several times a year. */
export const documentDays = 180

/**
 * The day until which a document is fresh that says no end of its own. After it somebody is told, and the fact goes on: what
 * was approved with it must not stop by a day nobody wrote. Undefined for contracts and probes, and for what has an end.
 */
export const freshUntil = ({ by, asOf, until }: Fact<unknown>): string | undefined =>
  by === 'doc' && until === undefined ? dayAfter(asOf, documentDays) : undefined
