import { hash } from 'node:crypto'
import { lowerClass } from '#/core/data-class.ts'
import type { Conditions, Decision, RecordHistory } from '#/register/api.ts'
import type { Register } from '#/register/register.ts'
import { servingOf } from '#/register/serving.ts'
import { type ItemName, type PublishedItem, type ServedKind, servedKinds } from './api.ts'

/** What is published, by `nameOf`. */
export type Items = ReadonlyMap<string, PublishedItem>

export const nameOf = ({ kind, id }: ItemName): string => `${kind}/${id}`

/** What people agree to: the same items give the same digest. */
export const digestOf = (items: Items): string =>
  hash('sha256', JSON.stringify([...items].sort(byName).map(([, item]) => plain(item))), 'hex')

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1

const plain = ({ kind, id, version, hash: material, approval }: PublishedItem) => [
  kind,
  id,
  version,
  material,
  approval,
]

/** Everything the register lets serve at `nowMs`. */
export function itemsOf(register: Pick<Register, 'list'>, nowMs: number): Items {
  const items = new Map<string, PublishedItem>()
  for (const kind of servedKinds) {
    for (const history of register.list(kind)) {
      const item = itemOf(history, nowMs)
      if (item !== undefined) items.set(nameOf(item), item)
    }
  }
  return items
}

function itemOf(history: RecordHistory, nowMs: number): PublishedItem | undefined {
  const { serving } = servingOf(history, nowMs)
  if (serving === undefined) return undefined
  const { version, hash: material } = serving.record
  const kind = history.kind as ServedKind
  return { kind, id: history.id, version, hash: material, approval: serving.approval.number }
}

export const isSameItem = (one: PublishedItem | undefined, other: PublishedItem | undefined): boolean =>
  one?.version === other?.version && one?.hash === other?.hash && one?.approval === other?.approval

export const areSame = (one: Items, other: Items): boolean =>
  one.size === other.size && [...one].every(([name, item]) => isSameItem(item, other.get(name)))

/** What a publication changes. */
export interface ItemsChange {
  readonly put: readonly PublishedItem[]
  readonly gone: readonly ItemName[]
}

export function addChange(items: Map<string, PublishedItem>, { put, gone }: ItemsChange): void {
  for (const each of gone) items.delete(nameOf(each))
  for (const item of put) items.set(nameOf(item), item)
}

/** Items as they are after a publication. */
export function withChange(items: Items, change: ItemsChange): Items {
  const changed = new Map(items)
  addChange(changed, change)
  return changed
}

export const changeBetween = (before: Items, after: Items): ItemsChange => ({
  put: [...after.values()].filter((item) => !isSameItem(item, before.get(nameOf(item)))),
  gone: [...before.values()].filter((item) => !after.has(nameOf(item))).map(({ kind, id }) => ({ kind, id })),
})

/**
 * The register as far as it is published, at `nowMs`. What was given since is not in it. What was taken away since is
 * taken away here, too: a record that the register does not let serve any more, a version that was stopped, suspended or
 * rejected, an earlier end and a lower class of a later approval. Nothing that was taken away comes back by being older.
 */
export const publishedOf = (
  items: Items,
  register: Pick<Register, 'list'>,
  nowMs: number,
): Pick<Register, 'list'> => ({
  list: <K extends RecordHistory['kind']>(kind: K) =>
    isServed(kind)
      ? register
          .list(kind)
          .flatMap((each) => pin(each, items.get(nameOf({ kind, id: each.id })), nowMs) ?? [])
      : register.list(kind),
})

const isServed = (kind: string): kind is ServedKind => servedKinds.some((each) => each === kind)

/** One record of it. */
export function pin<K extends RecordHistory['kind']>(
  history: RecordHistory<K>,
  item: PublishedItem | undefined,
  nowMs: number,
): RecordHistory<K> | undefined {
  if (item === undefined) return undefined
  const { serving } = servingOf(history, nowMs)
  // What has nothing that serves was stopped or has ended, whatever version of it was published.
  if (serving === undefined) return undefined
  const { record, approval } = serving
  if (record.version === item.version && approval.number === item.approval) return history
  // With earlier ones of the same words: a stop of one of them is about all.
  const same = history.versions.filter((each) => each.hash === item.hash && each.version <= item.version)
  const [oldest] = same
  if (oldest === undefined || same.at(-1)?.version !== item.version) return undefined
  // Other words stay with what was decided until then: what was approved before says how many must agree to these.
  const versions = history.versions.filter((each) => each.hash !== item.hash || each.version <= item.version)
  const decisions = history.decisions.flatMap((decision): readonly Decision[] => {
    const isOlder = decision.number <= item.approval
    const isAbout =
      decision.hash === item.hash || (decision.verdict === 'stop' && oldest.version <= decision.version)
    if (!isAbout) return isOlder ? [decision] : []
    if (decision.verdict !== 'approve') return [decision]
    return isOlder ? [lowered(decision, approval)] : []
  })
  return { ...history, versions, decisions }
}

/** An approval, no further than a later one goes. */
const lowered = (published: Decision, later: Decision): Decision => ({
  ...published,
  conditions: lowerConditions(published.conditions, later.conditions),
  untilMs: earlier(published.untilMs, later.untilMs),
})

function lowerConditions(published: Conditions, later: Conditions): Conditions {
  if (later.highestClass === undefined) return published
  const highestClass =
    published.highestClass === undefined
      ? later.highestClass
      : lowerClass(published.highestClass, later.highestClass)
  return { ...published, highestClass }
}

const earlier = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
