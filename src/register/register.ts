import { hash } from 'node:crypto'
import type { z } from 'zod'
import type { Appended, AuditLog } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import { readWith } from '#/core/http/router.ts'
import { randomId } from '#/core/id.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type {
  Author,
  Conditions,
  Decision,
  PlanStep,
  Proposed,
  RecordHistory,
  RecordKind,
  RecordVersion,
} from './api.ts'
import { type AgreedFiles, type AskedDecision, applyShape, diffShape } from './asked.ts'
import { assertDecider, assertReady } from './before-approval.ts'
import {
  assertComplete,
  assertFileMayApprove,
  assertOneVoice,
  assertStillAsked,
  checkRight,
  checkWords,
  type Judged,
} from './decision-checks.ts'
import { type RecordDifference, withDifferences } from './diff.ts'
import { type Draft, draftRecords } from './drafts.ts'
import { appendedAtOnce, entryOf, type Line, readMissing, toWritten } from './log-lines.ts'
import { tellTooManySteps } from './patterns-together.ts'
import { machineAuthor } from './quorum.ts'
import { readBody } from './read-body.ts'
import { type FileRecord, readFirstRecords, readRecordFile } from './read-file.ts'
import { readRecordFiles } from './read-files.ts'
import { createRegisterStore, type Written } from './store.ts'

export type { AskedDecision } from './asked.ts'

export interface RegisterServices {
  readonly database: Database
  readonly clock: Clock
  readonly log: Pick<AuditLog, 'origin' | 'append' | 'search' | 'open'>
}

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
  readonly propose: (kind: RecordKind, recordId: string, body: unknown, by: Author) => Promise<Proposed>
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
      const drafts = this.#draft(records, by)
      const plan = drafts.map(({ step }) => step)
      const digest = digestOf(plan)
      if (asked.digest !== undefined && asked.digest !== digest) throw new Refusal('plan-outdated')
      if (!asked.dryRun) await this.#write(drafts.flatMap(({ record }) => record ?? []))
      const notes = [
        ...(hasBootstrap
          ? [
              'The approvals in the file were not taken: they count only in an empty register. Somebody approves what waits.',
            ]
          : []),
        ...notesOn(tellTooManySteps(this, records, this.#services.clock.now())),
      ]
      return { plan, digest, notes }
    })
  }

  readonly diff: Register['diff'] = async (input) => {
    const { records } = await readRecordFiles(readWith(diffShape, input).files)
    return this.#turns.run(async () =>
      this.#draft(records, { id: '', name: '' }).map(({ step }, index) => {
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
      const drafts = this.#draft(
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
          if (record !== undefined) assertOneVoice(record, place, this.#services.clock.now())
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
      const record: FileRecord = { kind, id: recordId, body: read, place: '' }
      const [draft] = this.#draft([record], by)
      if (draft?.record !== undefined) await this.#write([draft.record])
      const notes = notesOn(tellTooManySteps(this, [record], this.#services.clock.now()))
      return { ...(draft as Draft).step, ...(notes.length === 0 ? {} : { notes }) }
    })
  }

  readonly decide: Register['decide'] = (asked, person) =>
    this.#turns.run(async () => {
      const history = this.find(asked.kind, asked.id)
      const record = history?.versions.find(({ version }) => version === asked.version)
      if (history === undefined || record === undefined)
        throw new Refusal('not-found', { what: 'version of a record' })
      const by = { id: person.id, name: person.email }
      const nowMs = this.#services.clock.now()
      const judged: Judged = { record, history, nowMs }
      const role = checkRight(asked, judged, person)
      assertDecider(record, person)
      assertStillAsked(asked, history, nowMs)
      if (asked.verdict === 'approve') {
        assertComplete(record, nowMs)
        await assertReady(record, { register: this, log: this.#services.log, nowMs })
      }
      const untilMs = checkWords(asked, judged)
      const { verdict, reason, conditions } = asked
      const [decision] = await this.#write(
        [],
        [{ record, by, role, verdict, reason, conditions, untilMs, isBootstrap: false }],
      )
      return decision as Decision
    })

  #draft(records: readonly FileRecord[], by: Author): readonly Draft[] {
    return draftRecords(this, records, by, this.#services.clock.now())
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

const notesOn = (note: string | undefined): readonly string[] => (note === undefined ? [] : [note])

const digestOf = (plan: readonly PlanStep[]): string => hash('sha256', JSON.stringify(plan), 'hex')
