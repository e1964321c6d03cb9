import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Appended, AuditLog } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import { readWith } from '#/core/http/router.ts'
import { randomId } from '#/core/id.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type {
  Author,
  Bodies,
  Conditions,
  Decision,
  PlanStep,
  RecordHistory,
  RecordKind,
  RecordVersion,
} from './api.ts'
import { verdicts } from './api.ts'
import { assertDecider, assertReady } from './before-approval.ts'
import { findCircle } from './circles.ts'
import { type RecordDifference, withDifferences } from './diff.ts'
import { dataClass, day, endOfDayMs, id, text } from './fields.ts'
import { kindOf, recordKinds } from './kinds/index.ts'
import { appendedAtOnce, entryOf, type Line, readMissing, toWritten } from './log-lines.ts'
import { isSamePerson, machineAuthor } from './quorum.ts'
import { differingFields, formatField, hashOf, readBody } from './read-body.ts'
import { type FileRecord, readFirstRecords, readRecordFile } from './read-file.ts'
import { mostFiles, readRecordFiles } from './read-files.ts'
import { dayOf, stateOf, type VersionState } from './state.ts'
import { createRegisterStore, type Written } from './store.ts'

export interface RegisterServices {
  readonly database: Database
  readonly clock: Clock
  readonly log: Pick<AuditLog, 'origin' | 'append' | 'search' | 'open'>
}

/** What somebody asks to be decided, as it comes in. */
export const decisionShape = z.strictObject({
  kind: z.enum(recordKinds, `must be one of ${recordKinds.join(', ')}`),
  id,
  version: z.int('must be a whole number').min(1, 'must be 1 or more'),
  verdict: z.enum(verdicts, `must be one of ${verdicts.join(', ')}`),
  reason: text,
  conditions: z.strictObject({ highestClass: dataClass.optional() }, 'must be { highestClass }').default({}),
  /** The last day of an approval. */
  until: day.optional(),
  /** How many decisions on this record whoever decides has seen; left out, it is not compared. */
  seen: z.int('must be a whole number').min(0, 'must be 0 or more').optional(),
})

export type AskedDecision = z.infer<typeof decisionShape>

const fileName = z.string().min(1).max(1_024)
const files = z
  .array(z.strictObject({ name: fileName, text: z.string() }))
  .min(1)
  .max(mostFiles)
const applyShape = z.strictObject({
  files,
  by: z.string().min(1).max(200),
  dryRun: z.boolean().default(false),
  /** The plan somebody agreed to: when another one has come of it since, nothing is written. */
  digest: z.string().length(64).optional(),
})
const diffShape = z.strictObject({ files })

export type AgreedFiles = Pick<z.infer<typeof applyShape>, 'files'> & { readonly digest: string }

export interface Applied {
  readonly plan: readonly PlanStep[]
  /** Of the plan: given back to say that this one is agreed to. */
  readonly digest: string
  /** What a person should know beside the plan. */
  readonly notes: readonly string[]
}

/** Everything that is governed. Reading is from memory; every change is in the log first, then in the store. */
export interface Register {
  readonly isEmpty: () => boolean
  /** Every record of a kind with all that was written and decided, in the order of ids. */
  readonly list: <K extends RecordKind>(kind: K) => readonly RecordHistory<K>[]
  /** Undefined when there is no such record. */
  readonly find: <K extends RecordKind>(kind: K, recordId: string) => RecordHistory<K> | undefined
  /** Takes records from files, all or nothing: what differs becomes a new version that waits. Throws `request-invalid`, `plan-outdated`. */
  readonly apply: (input: unknown) => Promise<Applied>
  /** The same in the name of a known person, who agreed to the plan with this digest. */
  readonly applyAs: (asked: AgreedFiles, by: Author) => Promise<Applied>
  /** What `apply` of the same files would change, field by field. Throws `request-invalid`. */
  readonly diff: (input: unknown) => Promise<readonly RecordDifference[]>
  /** The same into an empty register, with the decisions the files bring. */
  readonly bootstrap: (files: readonly { readonly name: string; readonly text: string }[]) => Promise<void>
  /** Throws `request-invalid`, `practice-prohibited`. */
  readonly propose: (kind: RecordKind, recordId: string, body: unknown, by: Author) => Promise<PlanStep>
  /** Throws `role-missing`, `not-found`, `own-proposal`, `not-yours-to-decide`, `decided-meanwhile`, `held-back`, `record-incomplete`, `request-invalid`. */
  readonly decide: (asked: AskedDecision, person: Person) => Promise<Decision>
  readonly onChange: (listener: () => void) => void
}

interface Growing {
  readonly kind: RecordKind
  readonly id: string
  readonly versions: RecordVersion[]
  readonly decisions: Decision[]
}

/** A change that is worked out and not written yet. */
interface Draft {
  readonly step: PlanStep
  readonly record: RecordVersion | undefined
}

/** Reads the store, and takes over what the log has and the store does not: a crash came between the two. */
export async function openRegister(services: RegisterServices): Promise<Register> {
  const store = createRegisterStore(services.database)
  const register = new OpenRegister(services, store.add)
  for (const record of await store.readRecords()) register.take({ what: 'record', record, logIndex: -1 })
  for (const decision of await store.readDecisions())
    register.take({ what: 'decision', decision, logIndex: -1 })
  const missing = await readMissing(services.log, await store.lastLogIndex())
  if (missing.length > 0) await store.add(missing)
  for (const line of missing) register.take(line)
  return register
}

class OpenRegister implements Register {
  readonly #services: RegisterServices
  readonly #add: (lines: readonly Written[]) => Promise<void>
  readonly #records = new Map<string, Growing>()
  readonly #listeners: (() => void)[] = []
  #decisions = 0
  /** The log has a change the store does not: only a start can bring them together. */
  #isBehind = false
  /** Versions and numbers are given out in memory. */
  readonly #turns = createOneAtATime()

  constructor(services: RegisterServices, add: (lines: readonly Written[]) => Promise<void>) {
    this.#services = services
    this.#add = add
  }

  /** Adds a line to memory. */
  take(line: Written): void {
    const { kind, id: name } = line.what === 'record' ? line.record : line.decision
    const key = `${kind} ${name}`
    let history = this.#records.get(key)
    if (history === undefined) {
      history = { kind, id: name, versions: [], decisions: [] }
      this.#records.set(key, history)
    }
    if (line.what === 'record') history.versions.push(line.record)
    else {
      history.decisions.push(line.decision)
      this.#decisions = Math.max(this.#decisions, line.decision.number)
    }
  }

  readonly isEmpty = (): boolean => this.#records.size === 0

  list<K extends RecordKind>(kind: K): readonly RecordHistory<K>[] {
    const histories = [...this.#records.values()].filter((each) => each.kind === kind)
    return histories.sort((one, other) =>
      one.id < other.id ? -1 : 1,
    ) as unknown as readonly RecordHistory<K>[]
  }

  find<K extends RecordKind>(kind: K, recordId: string): RecordHistory<K> | undefined {
    return this.#records.get(`${kind} ${recordId}`) as unknown as RecordHistory<K> | undefined
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  readonly apply = async (input: unknown): Promise<Applied> => {
    const { by, ...asked } = readWith(applyShape, input)
    return this.#applyBy(asked, machineAuthor(by))
  }

  readonly applyAs: Register['applyAs'] = (asked, by) => this.#applyBy({ ...asked, dryRun: false }, by)

  async #applyBy(asked: Omit<z.infer<typeof applyShape>, 'by'>, by: Author): Promise<Applied> {
    const { records, hasBootstrap } = await readRecordFiles(asked.files)
    return this.#turns.run(async () => {
      const drafts = this.#draftFile(records, by)
      const plan = drafts.map(({ step }) => step)
      const digest = digestOf(plan)
      if (asked.digest !== undefined && asked.digest !== digest) throw new Refusal('plan-outdated')
      if (!asked.dryRun) await this.#write(drafts.flatMap(({ record }) => record ?? []))
      const notes = hasBootstrap
        ? [
            'The approvals in the file were not taken: they count only in an empty register. Somebody approves what waits.',
          ]
        : []
      return { plan, digest, notes }
    })
  }

  readonly diff: Register['diff'] = async (input) => {
    const { records } = await readRecordFiles(readWith(diffShape, input).files)
    return this.#turns.run(async () =>
      this.#draftFile(records, { id: '', name: '' }).map(({ step }, index) => {
        const { kind, id: name, body } = records[index] as FileRecord
        return withDifferences(step, this.find(kind, name)?.versions.at(-1)?.body, body)
      }),
    )
  }

  readonly bootstrap: Register['bootstrap'] = (files) =>
    this.#turns.run(async () => {
      if (!this.isEmpty()) throw new Error('the register is not empty')
      const read =
        files.length === 0
          ? [readFirstRecords()]
          : files.map(({ name, text: content }) => readRecordFile(content, name))
      const byFile = { id: 'bootstrap', name: 'bootstrap' }
      const drafts = this.#draftFile(
        read.flatMap(({ records }) => records),
        byFile,
      )
      const written = drafts.flatMap(({ record }) => record ?? [])
      const approvals = read.flatMap(({ bootstrap, records }) =>
        bootstrap === undefined ? [] : records.map((each) => ({ ...each, ...bootstrap })),
      )
      await this.#write(
        written,
        approvals.flatMap(({ kind, id: name, by, reason, place }) => {
          const record = written.find((each) => each.kind === kind && each.id === name)
          assertFileMayApprove(kind, record?.body, `${kind} ${name} (${place})`)
          if (record !== undefined) this.#assertOneVoice(record, place)
          const words = { verdict: 'approve', reason, conditions: {}, untilMs: undefined } as const
          return record === undefined
            ? []
            : [
                {
                  record,
                  by: { id: 'bootstrap', name: by },
                  role: 'bootstrap',
                  isBootstrap: true,
                  ...words,
                } as const,
              ]
        }),
      )
    })

  readonly propose: Register['propose'] = async (kind, recordId, body, by) => {
    const read = readBody(kind, body)
    return this.#turns.run(async () => {
      const draft = this.#draft(kind, recordId, read, by)
      this.#checkReferences([{ kind, id: recordId, body: read, place: '' }])
      if (draft.record !== undefined) await this.#write([draft.record])
      return draft.step
    })
  }

  readonly decide: Register['decide'] = (asked, person) =>
    this.#turns.run(async () => {
      const record = this.find(asked.kind, asked.id)?.versions.find(
        ({ version }) => version === asked.version,
      )
      if (record === undefined) throw new Refusal('not-found', { what: 'version of a record' })
      const by = { id: person.id, name: person.email }
      const role = this.#checkRight(asked, record, person)
      assertDecider(record, person)
      const nowMs = this.#services.clock.now()
      assertStillAsked(asked, this.find(asked.kind, asked.id) as RecordHistory, nowMs)
      if (asked.verdict === 'approve') {
        this.#assertReady(record)
        await assertReady(record, { register: this, log: this.#services.log, nowMs })
      }
      const untilMs = this.#checkWords(asked, record)
      const { verdict, reason, conditions } = asked
      const [decision] = await this.#write(
        [],
        [{ record, by, role, verdict, reason, conditions, untilMs, isBootstrap: false }],
      )
      return decision as Decision
    })

  /**
   * The role that gives the right to decide. Throws when there is none, or when it is the person's own proposal. Of
   * somebody with several roles it is one that is still missing.
   */
  #checkRight({ verdict }: AskedDecision, record: RecordVersion, person: Person): Role {
    const { quorum, voices } = this.#stateNow(record)
    const isApproval = verdict === 'approve'
    // Whoever may decide about such records at all may hold one up.
    const roles: readonly Role[] = isApproval
      ? quorum.roles
      : [...new Set([...quorum.roles, ...kindOf(record.kind).deciders])]
    const held = roles.filter((role) => person.roles.includes(role))
    const [first] = held
    if (first === undefined) throw new Refusal('role-missing', { roles })
    const history = this.find(record.kind, record.id)
    const own = { id: person.id, name: person.email }
    const isOwn = history?.versions.some(({ hash, by }) => hash === record.hash && isSamePerson(by, own))
    if (isApproval && isOwn) throw new Refusal('own-proposal')
    if (quorum.voices === 1) return first
    const others = voices.filter(({ by }) => !isSamePerson(by, own))
    return held.find((role) => others.every((voice) => voice.role !== role)) ?? first
  }

  #stateNow({ kind, id: name, version }: RecordVersion): VersionState {
    const history = this.find(kind, name)
    const found = history && stateOf(history, this.#services.clock.now()).versions
    const state = found?.find(({ record }) => record.version === version)
    if (state === undefined) throw new Error(`version ${version} of ${kind} ${name} is gone`)
    return state
  }

  /** Throws `record-incomplete`. */
  #assertReady({ kind, id: name, version, body }: RecordVersion): void {
    const problems = kindOf(kind).unready?.(body, this.#services.clock.now()) ?? []
    const [first, ...others] = problems
    if (first !== undefined)
      throw new Refusal('record-incomplete', {
        record: `${kind} ${name}`,
        version,
        // All of them at once: nobody should ask a vendor eleven times.
        field: formatField(others.length === 0 ? first.path : first.path.slice(0, 1)),
        problem: problems.map(({ problem }) => problem).join('; '),
      })
  }

  /** A file approves only what one person may approve, and what is complete. */
  #assertOneVoice(record: RecordVersion, place: string): void {
    const voices = kindOf(record.kind).quorumOf?.(record.body).voices ?? 1
    if (voices > 1)
      throw new Refusal('request-invalid', {
        field: `${record.kind} ${record.id} (${place})`,
        problem: `${voices} people with different roles approve it, never a file: put it in a file without "bootstrap"`,
      })
    this.#assertReady(record)
  }

  /** What an approval says beside yes, in milliseconds where it ends. Throws `request-invalid`. */
  #checkWords({ verdict, conditions, until }: AskedDecision, record: RecordVersion): number | undefined {
    const { called, mayEnd, mayLowerClass } = kindOf(record.kind)
    const refuse = (field: string, problem: string) => new Refusal('request-invalid', { field, problem })
    const nowMs = this.#services.clock.now()
    if (!mayEnd) {
      const history = this.find(record.kind, record.id)
      const serving = history === undefined ? undefined : stateOf(history, nowMs).serving
      const endsIt =
        verdict === 'suspend' ||
        verdict === 'stop' ||
        (verdict === 'reject' && serving?.record.hash === record.hash)
      if (endsIt)
        throw refuse('verdict', `${called} that serves is only ever replaced: approve another version of it`)
    }
    const isApproval = verdict === 'approve'
    if (conditions.highestClass !== undefined && !(isApproval && mayLowerClass)) {
      throw refuse('conditions.highestClass', `${isApproval ? called : verdict} has no such condition`)
    }
    const lastDay = isApproval ? kindOf(record.kind).lastDay?.(record.body) : undefined
    if (until === undefined) return lastDay === undefined ? undefined : endOfDayMs(lastDay)
    if (lastDay !== undefined && until > lastDay)
      throw refuse('until', `it must not be after ${lastDay}, which the record names`)
    if (!isApproval || !mayEnd) throw refuse('until', `${isApproval ? called : verdict} has no end`)
    if (endOfDayMs(until) <= nowMs) throw refuse('until', `it must not be before ${dayOf(nowMs)}`)
    return endOfDayMs(until)
  }

  #draftFile(records: readonly FileRecord[], by: Author): readonly Draft[] {
    this.#checkReferences(records)
    return records.map((record) => this.#draft(record.kind, record.id, record.body, by))
  }

  #draft(kind: RecordKind, recordId: string, body: Bodies[RecordKind], by: Author): Draft {
    const newest = this.find(kind, recordId)?.versions.at(-1)
    const hash = hashOf(kind, body)
    const version = (newest?.version ?? 0) + 1
    const record: RecordVersion = {
      kind,
      id: recordId,
      version,
      body,
      hash,
      by,
      atMs: this.#services.clock.now(),
    }
    if (newest === undefined) {
      return { record, step: { kind, id: recordId, change: 'new', version, fields: [], waits: true } }
    }
    const fields = differingFields(newest.body, body)
    if (fields.length === 0) {
      return {
        record: undefined,
        step: { kind, id: recordId, change: 'same', version: newest.version, fields, waits: false },
      }
    }
    return {
      record,
      step: { kind, id: recordId, change: 'changed', version, fields, waits: hash !== newest.hash },
    }
  }

  /** What a record names must be there, or come with it. */
  #checkReferences(records: readonly FileRecord[]): void {
    const coming = new Set(records.map(({ kind, id: name }) => `${kind} ${name}`))
    for (const { kind, body, id: name, place } of records) {
      for (const reference of kindOf(kind).references(body)) {
        if (
          coming.has(`${reference.kind} ${reference.id}`) ||
          this.find(reference.kind, reference.id) !== undefined
        )
          continue
        const field = place === '' ? reference.field : `${reference.field} of ${kind} ${name} (${place})`
        throw new Refusal('request-invalid', {
          field,
          problem: `there is no ${reference.kind} ${reference.id}`,
        })
      }
    }
    const circle = findCircle(records, (kind, name) => this.find(kind, name)?.versions.at(-1)?.body)
    if (circle !== undefined)
      throw new Refusal('request-invalid', { field: 'records', problem: `they go in a circle: ${circle}` })
  }

  /** The log first, all of it at once; then the store; then memory; then whoever listens. */
  async #write(
    records: readonly RecordVersion[],
    asked: readonly NewDecision[] = [],
  ): Promise<readonly Decision[]> {
    const decisions = asked.map((each, index) => this.#number(each, index))
    const lines: Line[] = [
      ...records.map((record) => ({ what: 'record', record }) as const),
      ...decisions.map((decision) => ({ what: 'decision', decision }) as const),
    ]
    if (lines.length === 0) return []
    if (this.#isBehind)
      throw new Error('the store missed a change of the register; start Sallyport again, it is in the log')
    const batch = { id: randomId(16), size: lines.length }
    const appended: Appended[] = []
    for (let from = 0; from < lines.length; from += appendedAtOnce) {
      const some = lines.slice(from, from + appendedAtOnce)
      appended.push(
        ...(await Promise.all(some.map((line) => this.#services.log.append(entryOf(line, batch))))),
      )
    }
    const written = lines.map((line, index) => toWritten(line, appended[index] as Appended))
    this.#isBehind = true
    await this.#add(written)
    this.#isBehind = false
    for (const line of written) this.take(line)
    for (const listener of this.#listeners) listener()
    return written.flatMap((line) => (line.what === 'decision' ? [line.decision] : []))
  }

  #number({ record, ...said }: NewDecision, index: number): Omit<Decision, 'receipt'> {
    const { kind, id: name, version, hash } = record
    const number = this.#decisions + 1 + index
    return { kind, id: name, version, hash, ...said, atMs: this.#services.clock.now(), number }
  }
}

type NewDecision = Pick<Decision, 'by' | 'role' | 'verdict' | 'reason' | 'untilMs' | 'isBootstrap'> & {
  readonly record: RecordVersion
  readonly conditions: Conditions
}

const digestOf = (plan: readonly PlanStep[]): string => hash('sha256', JSON.stringify(plan), 'hex')

/** What depends on the day, on other records or on one person is approved by a person. */
function assertFileMayApprove(kind: RecordKind, body: Bodies[RecordKind] | undefined, field: string): void {
  const { beforeApproval, holdsBack, fileMayApprove } = kindOf(kind)
  if (beforeApproval === undefined && holdsBack === undefined) return
  if (body !== undefined && fileMayApprove?.(body) === true) return
  throw new Refusal('request-invalid', {
    field,
    problem: 'a person approves it, never a file: put it in a file without "bootstrap"',
  })
}

/** Throws when somebody else decided since, or when the verdict would be about what no longer serves. */
function assertStillAsked(
  { version, verdict, seen }: AskedDecision,
  history: RecordHistory,
  nowMs: number,
): void {
  const last = history.decisions.at(-1)
  if (seen !== undefined && last !== undefined && seen !== history.decisions.length)
    throw new Refusal('decided-meanwhile', { by: last.by.name, verdict: last.verdict })
  if (verdict !== 'reject' && verdict !== 'suspend') return
  const { versions, serving } = stateOf(history, nowMs)
  const judged = versions.find(({ record }) => record.version === version)
  if (judged?.state === 'superseded')
    throw new Refusal('request-invalid', {
      field: 'version',
      problem: `version ${version} was replaced and serves nothing; ${serving === undefined ? 'nothing serves' : `version ${serving.record.version} serves`}`,
    })
}
