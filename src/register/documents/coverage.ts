import type { ClassNames, RuleSlice } from '#/policy/api.ts'
import type { Policy, RecordHistory, RecordVersion, Serving } from '../api.ts'
import type { Records } from '../records.ts'
import { servingOf } from '../serving.ts'
import type { Act, Acts } from './acts.ts'
import type {
  ClauseCoverage,
  ClauseState,
  Coverage,
  DocumentCoverage,
  LinkCoverage,
  ReadableDocument,
} from './api.ts'
import { actionWords } from './api.ts'
import type { Clause, Link, PolicyDocument } from './document.ts'

/** What serves, as the rooms to the right hand it in. */
export type ServingSlice = RuleSlice & { readonly version: string; readonly classNames?: ClassNames }

export interface Ground {
  readonly records: Records
  readonly slice: ServingSlice
  readonly nowMs: number
}

/** Documents that serve, and those that wait for their first approval; or the one of a policy. Empty when there is none. */
export function coverageOf(ground: Ground, acts: Acts, days: number, policy?: string): Coverage {
  const documents = ground.records
    .list('policy')
    .filter(({ id }) => policy === undefined || id === policy)
    .flatMap((history) => documentOf(history, ground, acts) ?? [])
  return {
    days,
    since: timeOf(acts.sinceMs),
    until: timeOf(acts.untilMs),
    isCut: acts.isCut,
    exchanges: acts.exchanges,
    requests: acts.requests,
    documents,
    blind: [
      'What did not come through this Sallyport.',
      'Rules for answers: the log does not say in its heads which of them acted.',
      'That a rule acted does not say that it found everything.',
    ],
  }
}

function documentOf(
  history: RecordHistory<'policy'>,
  ground: Ground,
  acts: Acts,
): DocumentCoverage | undefined {
  const serving = servingOf(history, ground.nowMs).serving?.record
  const record = serving ?? history.versions.at(-1)
  const document = record?.body.document
  if (record === undefined || document === undefined) return undefined
  const clauses = document.clauses.map((clause) => clauseOf(clause, record, ground, acts))
  return {
    policy: history.id,
    title: record.body.title,
    owner: record.body.owner,
    purpose: document.purpose,
    version: record.version,
    hash: record.hash,
    serves: serving !== undefined,
    clauses,
    promises: clauses.filter(({ state }) => state === 'promise').map(({ id }) => id),
  }
}

function clauseOf(
  clause: Clause,
  record: RecordVersion<'policy'>,
  ground: Ground,
  acts: Acts,
): ClauseCoverage {
  const judged = (clause.rules ?? []).map((link) => judge(link, record, ground, acts))
  return {
    id: clause.id,
    title: clause.title ?? clause.id,
    text: clause.text,
    state: stateOfClause(judged),
    links: judged.map(({ onlyNotes: _, ...link }) => link),
  }
}

function stateOfClause(judged: readonly Judged[]): ClauseState {
  const serving = judged.filter(({ serves }) => serves)
  if (serving.some(({ onlyNotes }) => !onlyNotes)) return 'kept'
  return serving.length > 0 ? 'noted' : 'promise'
}

type Judged = LinkCoverage & { readonly onlyNotes: boolean }

function judge(link: Link, record: RecordVersion<'policy'>, ground: Ground, acts: Acts): Judged {
  const { slice } = ground
  if (typeof link === 'string') return judgeRule('policy', record.id, link, record, ground, acts)
  if ('rule' in link) {
    return 'policy' in link
      ? judgeRule('policy', link.policy, link.rule, record, ground, acts)
      : judgeRule('use-case', link.useCase, link.rule, record, ground, acts)
  }
  const plain = { sharedWith: [], onlyNotes: false }
  if ('useCase' in link) {
    return {
      ...plain,
      what: `use case ${link.useCase}`,
      does: 'admits what its record allows',
      serves: slice.useCases.has(link.useCase),
      acted: acts.useCases.get(link.useCase)?.exchanges ?? 0,
      of: acts.exchanges,
      counts: 'exchanges',
    }
  }
  if ('offering' in link) {
    return {
      ...plain,
      what: `offering ${link.offering}`,
      does: 'carries up to its ceiling',
      serves: slice.offerings.has(link.offering),
      acted: acts.offerings.get(link.offering)?.exchanges ?? 0,
      of: acts.exchanges,
      counts: 'exchanges',
    }
  }
  if ('switch' in link) {
    return {
      ...plain,
      what: `switch ${link.switch}`,
      does: 'can be pulled at any time',
      serves: true,
      acted: acts.stops.get(link.switch) ?? 0,
      of: null,
      counts: 'pulls',
    }
  }
  return {
    ...plain,
    what: `refusal ${link.refusal}`,
    does: 'the gate refuses by itself',
    serves: true,
    acted: acts.refusals.get(link.refusal)?.exchanges ?? 0,
    of: acts.requests,
    counts: 'requests',
  }
}

function judgeRule(
  kind: 'policy' | 'use-case',
  owner: string,
  id: string,
  record: RecordVersion<'policy'>,
  { records, slice, nowMs }: Ground,
  acts: Acts,
): Judged {
  const isOwn = kind === 'policy' && owner === record.id
  const history = records.find(kind, owner)
  const serving = history && servingOf<'policy' | 'use-case'>(history, nowMs).serving?.record.body
  const written = (serving ?? (isOwn ? record.body : undefined))?.rules.find((rule) => rule.id === id)
  const live = kind === 'policy' ? slice.rules : (slice.useCases.get(owner)?.rules ?? [])
  const isAnswer = written?.direction === 'answer'
  const act: Act | undefined = acts.rules.get(id)
  return {
    what: `rule ${id} of ${owner}`,
    does: written === undefined ? 'is there no more' : `${written.title}: ${actionWords[written.action]}`,
    // Approved is not published yet: what serves is what exchanges are decided by.
    serves: serving !== undefined && written !== undefined && live.some((rule) => rule.id === id),
    acted: isAnswer ? null : (act?.exchanges ?? 0),
    of: isAnswer ? null : acts.exchanges,
    counts: 'exchanges',
    sharedWith: namesakes(id, `${kind} ${owner}`, records, slice, nowMs),
    onlyNotes: written?.action === 'note',
  }
}

/** A head names a rule by its id alone: others of that id are counted with it. */
function namesakes(
  id: string,
  own: string,
  records: Records,
  slice: ServingSlice,
  nowMs: number,
): readonly string[] {
  const policies = records
    .list('policy')
    .filter((history) => servingOf(history, nowMs).serving?.record.body.rules.some((rule) => rule.id === id))
    .map((history) => `policy ${history.id}`)
  const useCases = [...slice.useCases.values()]
    .filter(({ rules }) => rules.some((rule) => rule.id === id))
    .map((useCase) => `use-case ${useCase.id}`)
  return [...policies, ...useCases].filter((each) => each !== own)
}

const noActs: Acts = {
  ...{ sinceMs: 0, untilMs: 0, isCut: false, exchanges: 0, requests: 0 },
  ...{ rules: new Map(), offerings: new Map(), useCases: new Map(), refusals: new Map() },
  ...{ found: new Map(), stops: new Map() },
}

/** What serves, for everybody to read: names of other records and counts are for those who see the register. */
export const readableDocuments = (ground: Ground): readonly ReadableDocument[] =>
  servingDocuments(ground).map(({ record, approval, document }) => ({
    policy: record.id,
    title: record.body.title,
    owner: record.body.owner,
    purpose: document.purpose,
    version: record.version,
    hash: record.hash,
    approvedBy: approval.by.name,
    approvedAt: timeOf(approval.atMs),
    clauses: document.clauses.map((clause) => {
      const { id, title, text, state } = clauseOf(clause, record, ground, noActs)
      return { id, title, text, state }
    }),
  }))

/** Policies that serve and have a document, with it. */
export const servingDocuments = ({
  records,
  nowMs,
}: Pick<Ground, 'records' | 'nowMs'>): readonly (Serving<'policy'> & {
  readonly document: NonNullable<Policy['document']> & PolicyDocument
})[] =>
  records.list('policy').flatMap((history) => {
    const { serving } = servingOf(history, nowMs)
    const document = serving?.record.body.document
    return serving === undefined || document === undefined ? [] : [{ ...serving, document }]
  })

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
