import { Refusal } from '#/core/refusal.ts'
import type { PersonRecord } from '../records.ts'

/** Somebody as a directory names them. */
export interface Provisioned {
  /** Of the provider at which this person signs in. */
  readonly issuer: string
  /** What that provider will say as subject, when the directory knows it. */
  readonly subject: string | undefined
  /** Lower case. */
  readonly email: string | undefined
  readonly name: string | undefined
}

/**
 * Which person a directory means; undefined for somebody new. The subject decides when it is known. Else the verified
 * address does, for a person who is pending, or who has signed in and is not ended: an address that was given on
 * must not give the account of somebody who has left to the next one. Throws `person-ambiguous`.
 */
export function findWhose(asked: Provisioned, known: Iterable<PersonRecord>): PersonRecord | undefined {
  const { issuer, subject, email } = asked
  const byAddress: PersonRecord[] = []
  for (const record of known) {
    const isPending = record.subject === undefined
    // Whom any of several providers may vouch for first waits without an issuer.
    if (record.issuer !== issuer && !(isPending && record.issuer === '')) continue
    if (subject !== undefined && record.subject === subject) return record
    if (email === undefined || record.email !== email || !record.isEmailVerified) continue
    if (isPending || (subject === undefined && record.endedAt === undefined)) byAddress.push(record)
  }
  if (byAddress.length > 1) throw new Refusal('person-ambiguous')
  return byAddress[0]
}
