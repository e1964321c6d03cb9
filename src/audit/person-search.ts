/** The search as the command line asks it: by e-mail address. Runs where the log is open. */
import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'
import { type AuditLog, entryKinds } from './api.ts'
import { type FoundEntry, searchEntries } from './search.ts'

const questionShape = z.strictObject({
  email: z.string().min(3).max(320),
  sinceMs: z.number().int().nonnegative(),
  untilMs: z.number().int().nonnegative(),
  kinds: z.array(z.enum(entryKinds)).min(1).max(entryKinds.length),
  limit: z.number().int().min(1).max(1_000),
  /** The account of the machine that asks. */
  by: z.string().min(1).max(200),
})

/** Plain values, so that it can go through the control socket. */
export type PersonQuestion = z.infer<typeof questionShape>

export interface FoundPerson {
  readonly id: string
  readonly email: string
  readonly name: string
}

export interface PersonAnswer {
  /** Everybody the address fits; empty when it is nobody's. */
  readonly people: readonly FoundPerson[]
  /** Newest first. */
  readonly entries: readonly FoundEntry[]
}

/** Throws `Refusal('request-invalid')` naming the field when the question is none, and what the log throws. */
export async function searchByPerson(
  question: unknown,
  services: {
    readonly log: AuditLog
    readonly findPeople: (email: string) => Promise<readonly FoundPerson[]>
  },
): Promise<PersonAnswer> {
  const read = questionShape.safeParse(question)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new Refusal('request-invalid', {
      field: issue?.path.join('.') ?? '',
      problem: issue?.message ?? '',
    })
  }
  const { email, by, ...query } = read.data
  const people = (await services.findPeople(email)).map((person) => ({
    id: person.id,
    email: person.email,
    name: person.name,
  }))
  const personIds = people.map((person) => person.id)
  return {
    people,
    entries: await searchEntries(services.log, { ...query, personIds }, { name: by, asked: email }),
  }
}
