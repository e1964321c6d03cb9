import { type Role, roles } from '#/core/role.ts'
import type { GrantView, RequestState, RequestView, UseCaseAccess, WayStep } from '#/identity/access/api.ts'
import type { AccountPage } from '#/identity/accounts/api.ts'
import type { RecordPage } from '#/register/api.ts'
import { peoplePath } from '../identity/account-words.ts'

/** `GET /api/access`: what somebody has, reaches, may ask for, and what waits for them. */
export interface OwnAccess {
  readonly roles: readonly { readonly role: Role; readonly ways: readonly (readonly WayStep[])[] }[]
  readonly useCases: readonly UseCaseAccess[]
  readonly listed: readonly Listed[]
  readonly grants: readonly GrantView[]
  readonly requests: readonly RequestView[]
}

/** A use case everybody may ask for by its title. */
export interface Listed {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly owner: string
}

export const stateWords: Readonly<Record<RequestState, string>> = {
  waiting: 'waits for a decision',
  approved: 'approved',
  declined: 'declined',
  withdrawn: 'withdrawn',
  expired: 'nobody decided in time',
}

/** `group Marketing, role product`: how somebody comes to something, without who and what it is. */
export function throughText(way: readonly WayStep[]): string {
  const steps = way.slice(1).filter(({ what }) => what !== 'use-case' && what !== 'offering')
  const text = steps.map(({ what, name, until }) => {
    if (what === 'grant') return `given to you until ${dayOf(until ?? '')}`
    return what === 'named' ? name : `${what} ${name}`
  })
  return text.join(', ') || 'everybody'
}

/** The last moment somebody reaches it on this way, where there is one. */
export const endOf = (way: readonly WayStep[]): string | undefined =>
  way.find(({ until }) => until !== undefined)?.until

/** What all ways have an end: the latest of them. Undefined where one has none. */
export function lastEndOf(ways: readonly (readonly WayStep[])[]): string | undefined {
  const ends = ways.map(endOf)
  return ends.some((end) => end === undefined)
    ? undefined
    : ends
        .flatMap((end) => end ?? [])
        .toSorted()
        .at(-1)
}

/** `2026-12-25`: UTC, like the log. */
export const dayOf = (at: string): string => at.slice(0, 10)

/** What is asked for, in the words of a sentence. */
export const targetText = ({ what, target }: Pick<RequestView, 'what' | 'target'>): string =>
  what === 'role' ? `the role ${target}` : `the use case ${target}`

/** What stands in the form. */
export interface AskWords {
  readonly what: 'listed' | 'named' | 'role'
  readonly useCase: string
  readonly name: string
  readonly role: string
  readonly days: string
  readonly reason: string
}

export const emptyAsk: AskWords = {
  what: 'named',
  useCase: '',
  name: '',
  role: 'reviewer',
  days: '30',
  reason: '',
}

/** Everybody is an employee, and owners are proposed by owners. */
export const askableRoles: readonly Role[] = roles.filter((role) => role !== 'employee' && role !== 'owner')

/** The body of a request. What does not fit is said by the gate. */
export function requestOf({ what, useCase, name, role, days, reason }: AskWords): object {
  const target = what === 'role' ? { role } : { useCase: (what === 'listed' ? useCase : name).trim() }
  return { ...target, days: Number(days), reason: reason.trim() }
}

/** The whole way on one line, from the person on. */
export const wayText = (way: readonly WayStep[]): string =>
  way
    .map(({ what, name, until }) => {
      const ends = until === undefined ? '' : ` until ${dayOf(until)}`
      return `${what === 'person' || what === 'named' ? name : `${what.replace('-', ' ')} ${name}`}${ends}`
    })
    .join(' → ')

/** As the gate decides it again: who sees what others have. */
const onlookers: readonly Role[] = ['security', 'auditor', 'owner']

export const seesOthers = (held: readonly Role[]): boolean => held.some((role) => onlookers.includes(role))

/** What those who look after others may ask. */
export const questions = [
  ['offering', 'Who reaches the offering'],
  ['useCase', 'Who reaches the use case'],
  ['person', 'What this person reaches'],
] as const

export type Question = (typeof questions)[number][0]

/** As many as a list shows without anybody scrolling through it. */
const suggestedMost = 20

/** Where what fits `text` is asked for. */
export function suggestionsPath(question: Question, text: string): string {
  if (question === 'person') return peoplePath(text, '', 0, suggestedMost)
  const asked = new URLSearchParams({ limit: String(suggestedMost) })
  if (text.trim() !== '') asked.set('search', text.trim())
  return `/api/records/${question === 'offering' ? 'offering' : 'use-case'}?${asked}`
}

/** What is put into the field, and what is shown beside it. */
export const suggestedIn = (page: AccountPage | RecordPage): readonly { value: string; label: string }[] =>
  'people' in page
    ? page.people.map(({ email, name }) => ({ value: email, label: name }))
    : page.records.map(({ id, title }) => ({ value: id, label: title }))
