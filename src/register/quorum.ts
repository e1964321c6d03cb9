import { lowerClass } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'

/** Whose yes an approval takes: so many people, each with another of these roles. */
export interface Quorum {
  readonly roles: readonly [Role, ...Role[]]
  readonly voices: number
  /** They need not differ in their roles. */
  readonly ofOneRole?: true
}

/** The one that asks for more: more people, or as many out of fewer roles. */
export const stricter = (one: Quorum, other: Quorum): Quorum =>
  other.voices > one.voices || (other.voices === one.voices && other.roles.length < one.roles.length)
    ? other
    : one

/** What of a decision matters here. */
interface Voice {
  readonly by: { readonly id: string; readonly name: string }
  readonly role: Role | 'bootstrap'
  readonly conditions: { readonly highestClass?: Parameters<typeof lowerClass>[0] | undefined }
  readonly untilMs: number | undefined
  readonly isBootstrap: boolean
  readonly number: number
}

/** One human with accounts at two providers is one: people are compared by id and by e-mail address. */
export const isSamePerson = (
  one: { readonly id: string; readonly name: string },
  other: { readonly id: string; readonly name: string },
): boolean => one.id === other.id || one.name.toLowerCase() === other.name.toLowerCase()

/** Who wrote what came in a file: an account of the machine, and which person that is, or whose file, nobody knows. */
export const machineAuthor = (account: string) => ({ id: `machine:${account}`, name: account })

export const isMachine = ({ id }: { readonly id: string }): boolean => id.startsWith('machine:')

/** Of two people one at least is not who wrote it. More are so already. */
export const forUnknownAuthor = (quorum: Quorum): Quorum =>
  quorum.voices > 1 ? quorum : { roles: quorum.roles, voices: 2, ofOneRole: true }

/** A voice joins those before it. The newest word of a person is that person's; where one voice is enough, the newest stands alone. */
export const withVoice = <V extends Voice>(voices: readonly V[], added: V, quorum: Quorum): readonly V[] =>
  quorum.voices === 1 ? [added] : [...voices.filter(({ by }) => !isSamePerson(by, added.by)), added]

/**
 * Voices that count at `atMs`, oldest first: for each role the newest that has not ended, or for each person where one
 * role may speak twice. What a file brought counts
 * only where one voice is enough.
 */
export function countedVoices<V extends Voice>(
  voices: readonly V[],
  quorum: Quorum,
  atMs: number,
): readonly V[] {
  const current = voices.filter(({ untilMs }) => untilMs === undefined || untilMs > atMs)
  if (quorum.voices === 1) return current
  const able = current.filter(
    ({ isBootstrap, role: given }) => !isBootstrap && quorum.roles.some((role) => role === given),
  )
  if (quorum.ofOneRole === true) return able
  const byRole = new Map(able.map((voice) => [voice.role, voice]))
  return [...byRole.values()].sort((one, other) => one.number - other.number)
}

/** Several voices as one approval: the newest, with the strictest conditions of all and the first of their ends. */
export function together<V extends Voice>(voices: readonly [V, ...V[]]): V {
  const newest = voices.at(-1) as V
  if (voices.length === 1) return newest
  const classes = voices.flatMap(({ conditions }) => conditions.highestClass ?? [])
  const ends = voices.flatMap(({ untilMs }) => untilMs ?? [])
  return {
    ...newest,
    conditions: {
      ...Object.assign({}, ...voices.map(({ conditions }) => conditions)),
      ...(classes.length === 0 ? {} : { highestClass: classes.reduce(lowerClass) }),
    },
    untilMs: ends.length === 0 ? undefined : Math.min(...ends),
  }
}
