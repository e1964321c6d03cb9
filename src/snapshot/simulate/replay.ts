import type { EntryHead, FindingCount } from '#/audit/api.ts'
import type { DialectName } from '#/chat/api.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import type { Person } from '#/core/role.ts'
import { kinds, kindsOfNames, publicKinds } from '#/inspect/index.ts'
import { typeOfPattern } from '#/inspect/patterns/api.ts'
import type { Clearing, ExchangeFacts, FoundFact, RuleSlice } from '#/policy/api.ts'
import { providerOf } from '#/providers/index.ts'
import type { UnknownWhy } from './api.ts'

/** What an exchange was, as far as its head says; `reachable` is by the snapshot it is decided with. */
export type Replayable = Omit<ExchangeFacts, 'reachable' | 'findings'> & {
  readonly dialect: string
  readonly found: readonly FoundLine[]
}

/** One line of what was found: all of a kind in one place, decided alike. */
export interface FoundLine {
  readonly fact: Omit<FoundFact, 'clearings'>
  readonly cleared: readonly string[]
}

export interface ReplayServices {
  /** As they are now. Undefined when nobody is known by this id. */
  readonly findPerson: (id: string) => Promise<Person | undefined>
  /** What a key is bound to; undefined when there is none of this id any more. */
  readonly boundsOf: (keyId: string) => KeyBounds | undefined
}

/** What a model or a use case is called in a head when no record had the name that was asked for. */
export const unknownName = '?'

/** Whether the exchange came as far as the rules; else they have nothing to do with it. */
export const cameToRules = ({ kind, facts }: EntryHead): boolean =>
  // Entries from before heads said what was asked: of a refusal the snapshot stands there once all was inspected.
  kind === 'intent' || facts.snapshot !== undefined

/** The facts of an exchange out of its head, or why they are not known. */
export function replayable(
  { facts }: EntryHead,
  person: Person | undefined,
  boundsOf: ReplayServices['boundsOf'],
  areNamesKnown: boolean,
): Replayable | UnknownWhy {
  const { asked, dialect, findings = [], declaredClass, keyId } = facts
  if (asked === undefined || dialect === undefined) return 'older'
  if (person === undefined) return 'person'
  if (!areNamesKnown && (asked.model === unknownName || asked.useCase === unknownName)) return 'name'
  const bounds = asked.bound === undefined ? {} : keyId === undefined ? undefined : boundsOf(keyId)
  if (bounds === undefined) return 'key'
  const found = findings.map(lineOf)
  if (!found.every((line) => line !== undefined)) return 'kind'
  return {
    dialect,
    roles: person.roles,
    personId: person.id,
    groups: person.groups,
    keyUseCase: bounds.useCase,
    keyHighestClass: bounds.highestClass,
    keyOfferings: bounds.offerings,
    askedUseCase: asked.useCase,
    askedModel: asked.model,
    declaredClass,
    wantsMask: asked.mask === true,
    isJustified: asked.reason === true,
    acknowledges: asked.notices ?? [],
    found,
    ...(asked.labels === undefined ? {} : { labelClass: asked.labels }),
    // Any of them is enough to refuse it, wherever it stood.
    stateful: asked.features === undefined ? [] : [{ field: '', features: asked.features }],
    unread: asked.unread === undefined ? [] : unreadPart,
  }
}

/** How many parts nobody has read makes no difference to any rule. */
const unreadPart = [{ field: '', mediaType: '' }]

/**
 * The facts as rules of this snapshot are asked about them. A notice that counted as read then does so now, unless its rule is
 * one of those that are changed.
 */
export function factsFor(
  { found, dialect, acknowledges = [], ...facts }: Replayable,
  slice: RuleSlice,
  clearingOf: ReadonlyMap<string, Clearing>,
  changedRules: ReadonlySet<string> = noRules,
): ExchangeFacts {
  return {
    ...facts,
    acknowledges: acknowledges.filter((id) => !changedRules.has(id)),
    reachable: reachableIn(slice, dialect),
    findings: found.map(({ fact, cleared }) =>
      cleared.length === 0 ? fact : { ...fact, clearings: cleared.flatMap((id) => clearingOf.get(id) ?? []) },
    ),
  }
}

const noRules: ReadonlySet<string> = new Set()

const knownKinds = new Map([...kinds, ...kindsOfNames, ...publicKinds].map((kind) => [kind.type, kind]))
const ownPrefix = typeOfPattern('')

/** Undefined for a kind nobody looks for any more: no rule can name it, and its family is not known. */
function lineOf({ type, channel, class: own, place, cleared = [] }: FindingCount): FoundLine | undefined {
  const known = knownKinds.get(type)
  const isOwn = known === undefined && type.startsWith(ownPrefix)
  const family = isOwn ? 'company' : known?.family
  const of = own ?? known?.class
  if (family === undefined || of === undefined) return undefined
  const fact = {
    type,
    family,
    label: type,
    class: of,
    channel: channel as FoundFact['channel'],
    isFixed: place !== undefined,
    isInFile: place === 'file',
    field: '',
  }
  return { fact, cleared }
}

const reachables = new WeakMap<RuleSlice, Map<string, ReadonlySet<string>>>()

/** Offerings whose provider speaks the dialect, or answers canonical conversations. */
function reachableIn(slice: RuleSlice, dialect: string): ReadonlySet<string> {
  const byDialect = reachables.get(slice) ?? new Map<string, ReadonlySet<string>>()
  reachables.set(slice, byDialect)
  let reachable = byDialect.get(dialect)
  if (reachable === undefined) {
    const serves = (provider: string): boolean => {
      const { speaks } = providerOf(provider)
      return speaks === (dialect as DialectName) || speaks === 'chat'
    }
    const ids = [...slice.offerings.values()].filter(({ provider }) => serves(provider)).map(({ id }) => id)
    reachable = new Set(ids)
    byDialect.set(dialect, reachable)
  }
  return reachable
}
