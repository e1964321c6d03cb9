import { z } from 'zod'
import type { Clock } from '#/core/clock.ts'
import { type Asked, personIn, type Route, route } from '#/core/http/route.ts'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type {
  Decision,
  DecisionView,
  DifferencesView,
  Offering,
  QuorumView,
  RecordHistory,
  RecordKind,
  RecordPage,
  RecordSummary,
  RecordVersion,
  RecordView,
  RegisterOverview,
  VersionView,
} from './api.ts'
import { type AskedDecision, decisionShape } from './asked.ts'
import { heldBackBy, stageOf } from './before-approval.ts'
import { endingOf, warnDays } from './catalogue/ending.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import type { ReadableLog } from './controls/exchanges.ts'
import { createControls } from './controls/run.ts'
import { differencesOf } from './differences.ts'
import type { Documents } from './documents/documents.ts'
import { documentRoutes } from './documents/routes.ts'
import { idPattern } from './fields.ts'
import type { PublishedThen } from './grounds.ts'
import { isRecordKind, kindOf } from './kinds/index.ts'
import { entry } from './not-sensitive.ts'
import { listed, listShape, waitingFor } from './overview.ts'
import { tellTooManySteps } from './patterns-together.ts'
import { contradictionsOf, measuredCeiling } from './probes/merge.ts'
import type { Probes } from './probes/probes.ts'
import { probeRoutes } from './probes/routes.ts'
import type { Register } from './register.ts'
import { stateOf, type VersionState } from './state.ts'

export interface RegisterRouteServices {
  readonly register: Register
  readonly clock: Clock
  /** What controls are counted from. */
  readonly log: ReadableLog
  readonly publishedThen: PublishedThen
  readonly documents: Documents
  readonly probes: Pick<Probes, 'of' | 'view' | 'probe'>
}

/** Who may see what is governed: everybody who takes part in deciding, and who checks them. */
const readers: readonly [Role, ...Role[]] = [
  'reviewer',
  'security',
  'legal',
  'engineering',
  'product',
  'auditor',
  'operator',
  'owner',
]
const writers: readonly [Role, ...Role[]] = [
  'reviewer',
  'security',
  'legal',
  'engineering',
  'product',
  'operator',
  'owner',
]

/** What a reviewer found not to be sensitive: a new version of the policy that waits for its approval. */
const cleared = entry.omit({ by: true })

/** Any object: which kind it is stands in the path, and that kind's schema reads it. */
const anyBody: z.ZodType<Readonly<Record<string, unknown>>> = z.record(z.string(), z.unknown())

export const registerRoutes = ({
  register,
  clock,
  probes,
  documents,
  ...counted
}: RegisterRouteServices): readonly Route[] => [
  ...catalogueRoutes({ register, clock, probes, readers }),
  ...probeRoutes({ register, clock, probes }),
  ...documentRoutes(documents, { readers, writers }),
  ...listRoutes(register, probes, clock),
  ...historyRoutes(register, probes, clock, counted),
  route({
    method: 'PUT',
    path: '/api/records/:kind/:id',
    need: writers,
    reads: anyBody,
    handle: async (asked: Asked<Readonly<Record<string, unknown>>>) => {
      const person = asked.person as Person
      const by = { id: person.id, name: person.email }
      const recordId = asked.parameters['id'] ?? ''
      if (!idPattern.test(recordId)) {
        const problem = 'must be an id: lower-case letters, digits and hyphens, 64 at most'
        throw new Refusal('request-invalid', { field: 'id', problem })
      }
      return { json: await register.propose(kindIn(asked.parameters), recordId, asked.body, by) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/policies/:id/not-sensitive',
    need: ['reviewer', 'security', 'owner'],
    reads: cleared,
    handle: async (asked: Asked<z.infer<typeof cleared>>) => {
      const person = asked.person as Person
      const history = register.find('policy', asked.parameters['id'] ?? '')
      if (history === undefined) throw new Refusal('not-found', { what: 'policy' })
      const { body } = versionToAddTo(history, person, clock.now()) as RecordVersion<'policy'>
      const notSensitive = [...body.notSensitive, { ...asked.body, by: person.email }]
      const by = { id: person.id, name: person.email }
      return {
        status: 201,
        json: await register.propose('policy', history.id, { ...body, notSensitive }, by),
      }
    },
  }),
  route({
    on: 'admin',
    method: 'POST',
    path: '/api/decisions',
    need: 'person',
    reads: decisionShape as z.ZodType<AskedDecision>,
    fresh: ({ verdict }) => verdict !== 'reject',
    handle: async (asked: Asked<AskedDecision>) => ({
      status: 201,
      json: decisionView(await register.decide(asked.body, asked.person as Person)),
    }),
  }),
]

/** Many records: what waits, and a kind page by page. */
const listRoutes = (register: Register, probes: ProbesRead, clock: Clock): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/records',
    need: readers,
    reads: 'nothing',
    handle: (asked) => {
      const nowMs = clock.now()
      const { waiting, kinds: counts } = waitingFor(register, personIn(asked), nowMs)
      const overview: RegisterOverview = {
        waiting: waiting.map((each) => summaryOf(each, probes, nowMs)),
        kinds: counts,
      }
      return { json: overview }
    },
  }),
  route({
    method: 'GET',
    path: '/api/records/:kind',
    need: readers,
    reads: 'nothing',
    handle: ({ parameters, url }) => {
      const nowMs = clock.now()
      const asked = readWith(listShape, Object.fromEntries(url.searchParams))
      const { found, total, next } = listed(register, kindIn(parameters), asked, nowMs)
      const page: RecordPage = { records: found.map((each) => summaryOf(each, probes, nowMs)), total, next }
      return { json: page }
    },
  }),
]

const differencesShape = z.strictObject({
  from: z.coerce.number('must be a version').int('must be a version').min(1, 'must be a version'),
  to: z.coerce.number('must be a version').int('must be a version').min(1, 'must be a version'),
})

/** One record with its versions, and what differs between two of them. */
function historyRoutes(
  register: Register,
  probes: ProbesRead,
  clock: Clock,
  counted: Pick<RegisterRouteServices, 'log' | 'publishedThen'>,
): readonly Route[] {
  const runControl = createControls({ records: register, ...counted, now: clock.now })
  const need = (parameters: Readonly<Record<string, string>>): RecordHistory => {
    const history = register.find(kindIn(parameters), parameters['id'] ?? '')
    if (history === undefined) throw new Refusal('not-found', { what: 'record' })
    return history
  }
  return [
    route({
      method: 'GET',
      path: '/api/records/:kind/:id',
      need: readers,
      reads: 'nothing',
      handle: async ({ parameters }) => {
        const history = need(parameters)
        const nowMs = clock.now()
        const why = heldBackBy(history.kind, history.id, { register, nowMs })
        return {
          json: {
            ...viewOf(history, { register, probes, nowMs }),
            ...(why === undefined ? {} : { heldBack: why }),
            ...(history.kind === 'control'
              ? { result: await runControl(history as RecordHistory<'control'>) }
              : {}),
          },
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/records/:kind/:id/differences',
      need: readers,
      reads: 'nothing',
      handle: ({ parameters, url }) => {
        const { versions } = need(parameters)
        const { from, to } = readWith(differencesShape, Object.fromEntries(url.searchParams))
        const [before, after] = [from, to].map((number) => versions.find((each) => each.version === number))
        if (before === undefined || after === undefined)
          throw new Refusal('not-found', { what: 'version of a record' })
        const view: DifferencesView = { from, to, differences: differencesOf(before.body, after.body) }
        return { json: view }
      },
    }),
  ]
}

/**
 * What serves, or the person's own version that waits. Somebody else's that waits is not taken along: under another name
 * whoever wrote it could approve it.
 */
function versionToAddTo(history: RecordHistory, { id }: Person, nowMs: number): RecordVersion {
  const newest = history.versions.at(-1)
  const { serving } = stateOf(history, nowMs)
  const found = newest?.by.id === id ? newest : serving?.record
  if (found === undefined) throw new Refusal('not-found', { what: 'policy that serves' })
  return found
}

function kindIn(parameters: Readonly<Record<string, string>>): RecordKind {
  const kind = parameters['kind']
  if (!isRecordKind(kind)) throw new Refusal('not-found', { what: 'kind of record' })
  return kind
}

function summaryOf(history: RecordHistory, probes: ProbesRead, nowMs: number): RecordSummary {
  const { versions, serving } = stateOf(history, nowMs)
  const newest = versions.at(-1)
  if (newest === undefined) throw new Error(`${history.kind} ${history.id} has decisions and no version`)
  const { version, body } = newest.record
  const { kind, id } = history
  return {
    kind,
    id,
    title: body.title,
    state: newest.state,
    version,
    serving: serving?.record.version ?? null,
    ...(kind === 'offering' && serving !== undefined
      ? { ends: endsOf(serving.record.body as Offering, probes, nowMs) }
      : {}),
    ...stageIn(history, nowMs),
  }
}

function stageIn(history: RecordHistory, nowMs: number): { readonly stage?: string } {
  const stage = stageOf(history, nowMs)
  return stage === undefined ? {} : { stage }
}

/** Nobody looks through more versions at once; any two can be compared by their numbers. */
const shownVersions = 50

type ProbesRead = Pick<Probes, 'of' | 'view'>

const endsOf = (offering: Offering, probes: ProbesRead, nowMs: number): string | null =>
  endingOf(offering, probes.of, nowMs, warnDays)[0]?.until ?? null

function viewOf(
  history: RecordHistory,
  {
    register,
    probes,
    nowMs,
  }: { readonly register: Pick<Register, 'list'>; readonly probes: ProbesRead; readonly nowMs: number },
): RecordView {
  const { versions, serving } = stateOf(history, nowMs)
  const { kind, id, decisions } = history
  const shown = versions
    .toReversed()
    .filter(({ record }, index) => index < shownVersions || record.version === serving?.record.version)
  const newest = versions.at(-1)
  const tooMany =
    newest?.state === 'proposed' ? tellTooManySteps(register, [newest.record], nowMs) : undefined
  return {
    kind,
    id,
    serving: serving?.record.version ?? null,
    deciders: kindOf(kind).deciders,
    mayEnd: kindOf(kind).mayEnd,
    ...stageIn(history, nowMs),
    decided: decisions.length,
    total: versions.length,
    versions: shown.map((judged): VersionView => {
      const { record, state, why } = judged
      const { version, hash, atMs, by, body } = record
      const own = decisions.filter(
        (each) => each.hash === hash || (each.verdict === 'stop' && version <= each.version),
      )
      return {
        version,
        hash,
        at: timeOf(atMs),
        by: by.name,
        body,
        state,
        why,
        quorum: quorumView(judged),
        notes: [...notesOf(record, nowMs), ...(judged === newest && tooMany !== undefined ? [tooMany] : [])],
        decisions: own.map(decisionView),
        ...(kind === 'offering' ? measuredView(body as Offering, probes, nowMs) : {}),
      }
    }),
  }
}

function quorumView({ quorum, voices, missing }: VersionState): QuorumView {
  return {
    voices: quorum.voices,
    ...(quorum.ofOneRole === true ? { ofOneRole: true } : {}),
    roles: quorum.roles,
    given: voices.map(({ by, role }) => ({ by: by.name, role })),
    missing,
  }
}

function notesOf({ kind, body }: RecordVersion, nowMs: number): readonly string[] {
  const { unready, remind } = kindOf(kind)
  return [
    ...(unready?.(body, nowMs) ?? []).map(({ problem }) => `It cannot be approved: ${problem}.`),
    ...(remind?.(body, nowMs) ?? []),
  ]
}

/** The ceiling by what is written and what was measured, and where the two differ. */
function measuredView(
  { connection, facts }: Offering,
  probes: ProbesRead,
  nowMs: number,
): Pick<VersionView, 'ceiling' | 'probe' | 'contradictions'> {
  const probed = probes.of(connection)
  const view = probes.view(connection)
  return {
    ceiling: measuredCeiling(facts, probed, nowMs),
    ...(view === undefined ? {} : { probe: view }),
    contradictions: contradictionsOf(facts, probed, nowMs),
  }
}

const decisionView = ({
  verdict,
  by,
  role,
  reason,
  conditions,
  atMs,
  untilMs,
  isBootstrap,
  receipt,
}: Decision): DecisionView => ({
  verdict,
  by: by.name,
  role,
  reason,
  conditions,
  at: timeOf(atMs),
  until: untilMs === undefined ? null : timeOf(untilMs),
  isBootstrap,
  receipt,
})

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
