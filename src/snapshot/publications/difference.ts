import type { Bodies, RecordHistory } from '#/register/api.ts'
import { differingFields } from '#/register/read-body.ts'
import type { Register } from '#/register/register.ts'
import type { Difference, ItemChange, ItemName, PublishedItem, RuleChange, ServedKind } from './api.ts'
import { changeBetween, type Items, nameOf } from './items.ts'

/** More changed rules are counted, not listed. */
const mostRules = 100

/** What differs between two sets of items, with each rule before and after. */
export function differenceOf(before: Items, after: Items, register: Pick<Register, 'list'>): Difference {
  const { put, gone } = changeBetween(before, after)
  const find = finder(register)
  const changes = put.map((item) => changeOf(before.get(nameOf(item)), item, find))
  const takenAway = gone.map((name) => changeOf(before.get(nameOf(name)), undefined, find))
  const rules = [...changes, ...takenAway].flatMap((change) => rulesOf(change, find))
  return {
    added: changes.filter(({ from }) => from === null),
    changed: changes.filter(({ from }) => from !== null),
    takenAway,
    rules: rules.slice(0, mostRules),
    moreRules: Math.max(0, rules.length - mostRules),
  }
}

type Body = Bodies[ServedKind]
type Find = (name: ItemName, version: number | null) => Body | undefined

/** Only kinds that differ are gone through, once. */
function finder(register: Pick<Register, 'list'>): Find {
  const byKind = new Map<ServedKind, ReadonlyMap<string, RecordHistory>>()
  return ({ kind, id }, version) => {
    let histories = byKind.get(kind)
    if (histories === undefined) {
      histories = new Map(register.list(kind).map((each) => [each.id, each]))
      byKind.set(kind, histories)
    }
    return histories.get(id)?.versions.find((each) => each.version === version)?.body as Body | undefined
  }
}

function changeOf(
  before: PublishedItem | undefined,
  after: PublishedItem | undefined,
  find: Find,
): ItemChange {
  const item = after ?? before
  if (item === undefined) throw new Error('a change of nothing')
  const { kind, id } = item
  const from = before?.version ?? null
  const to = after?.version ?? null
  const [was, is] = [find(item, from), find(item, to)]
  const fields = was === undefined || is === undefined ? [] : differingFields(was, is)
  return { kind, id, from, to, fields }
}

function rulesOf(change: ItemChange, find: Find): readonly RuleChange[] {
  const [was, is] = [find(change, change.from), find(change, change.to)]
  const place = nameOf(change)
  return [
    ...changesIn('rule', place, rulesIn(was), rulesIn(is)),
    ...changesIn('trigger', place, triggersIn(was), triggersIn(is)),
  ]
}

function changesIn(
  what: RuleChange['is'],
  place: string,
  listed: readonly Listed[],
  listedNow: readonly Listed[],
): readonly RuleChange[] {
  const before = new Map(listed.map((each) => [each.id, each]))
  const after = new Map(listedNow.map((each) => [each.id, each]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): readonly RuleChange[] => {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null]
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    return [{ is: what, id, in: place, before: was, after: is }]
  })
}

interface Listed {
  readonly id: string
}

const rulesIn = (body: Body | undefined): readonly Listed[] =>
  body !== undefined && 'rules' in body ? body.rules : []

const triggersIn = (body: Body | undefined): readonly Listed[] =>
  body !== undefined && 'triggers' in body ? (body.triggers ?? []) : []
