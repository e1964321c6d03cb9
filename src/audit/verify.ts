/**
 * The offline verifier: reads the folder of one log as it lies there, without keys and without a network, and
 * says everything that is wrong with it. It shares with the writer only the formats.
 */

import { readFile } from 'node:fs/promises'
import { readVerifierKeyFile } from './checkpoints.ts'
import { GonePayloads } from './gone-payloads.ts'
import type { Header } from './header.ts'
import type { LogKeys } from './keys.ts'
import { checkpointPath, listSegments } from './layout.ts'
import { type Checkpoint, openCheckpoint, readVerifierKey } from './note.ts'
import { PayloadCheck } from './payload-files.ts'
import { CompactTree } from './tree.ts'
import { Opening } from './verify-open.ts'
import { ProgressCheck } from './verify-progress.ts'
import { type WalkedEntry, walkEntries } from './walk.ts'

export interface Verified {
  readonly ok: boolean
  readonly origin: string | undefined
  readonly entries: number
  /** Entries the signed checkpoint covers; undefined without a valid one. */
  readonly checkpointSize: number | undefined
  /** Entries behind the checkpoint: sound, but not yet signed. */
  readonly notYetSigned: number
  /** Of all entries, base64. */
  readonly root: string
  readonly payloads: number
  /** Payloads that were opened, when `keys` were given. */
  readonly payloadsOpened: number
  /** Intents without an outcome: exchanges under way, or cut off by a crash the next start will note. */
  readonly openIntents: readonly number[]
  /** What is wrong. At most 100 are listed; `problemCount` counts them all. */
  readonly problems: readonly string[]
  readonly problemCount: number
  /** What is unusual and not wrong. */
  readonly notes: readonly string[]
}

export interface VerifyOptions {
  /** The verifier key noted elsewhere: without it, whoever can write the folder can also replace the key in it. */
  readonly verifierKey?: string
  /** With these every payload is opened, too. */
  readonly keys?: Pick<LogKeys, 'origin' | 'opening'>
}

const listedMax = 100

export async function verifyFolder(folder: string, options: VerifyOptions = {}): Promise<Verified> {
  const findings = new Findings()
  const checkpoint = await readSigned(folder, options.verifierKey, findings)
  const check = new EntryCheck(folder, checkpoint, findings)
  const opening = options.keys && new Opening(folder, options.keys, (text) => findings.problem(text))
  let opened = 0
  try {
    const walk = walkEntries(folder, await listSegments(folder))
    let step = walk.next()
    for (; !step.done; step = walk.next()) {
      check.take(step.value)
      if (opening === undefined) continue
      const payload = await opening.open(step.value)
      if (payload !== undefined) opened++
      if (step.value.header.kind === 'progress') check.progress.takeOpened(step.value.header, payload)
    }
    check.finish()
    const { damage, tornBytes } = step.value
    if (damage !== undefined) findings.problem(`${damage}; nothing after it was read`)
    if (tornBytes > 0) findings.note(`${tornBytes} bytes at the end belong to a commit that is not finished`)
  } finally {
    check.close()
  }
  const { tree, payloads, openIntents } = check
  if (tree.size === 0) findings.problem('there is no entry')
  if (checkpoint !== undefined && checkpoint.size > tree.size) {
    findings.problem(
      `the signed checkpoint covers ${checkpoint.size} entries, but only ${tree.size} are there`,
    )
  }
  return {
    ok: findings.problemCount === 0,
    origin: checkpoint?.origin,
    entries: tree.size,
    checkpointSize: checkpoint?.size,
    notYetSigned: Math.max(0, tree.size - (checkpoint?.size ?? 0)),
    root: tree.root().toString('base64'),
    payloads,
    payloadsOpened: opened,
    openIntents: [...openIntents],
    problems: findings.problems,
    problemCount: findings.problemCount,
    notes: findings.notes,
  }
}

class Findings {
  readonly problems: string[] = []
  readonly notes: string[] = []
  problemCount = 0

  problem(text: string): void {
    this.problemCount++
    if (this.problems.length < listedMax) this.problems.push(text)
  }

  note(text: string): void {
    if (this.notes.length < listedMax) this.notes.push(text)
  }
}

async function readSigned(
  folder: string,
  expectedKey: string | undefined,
  findings: Findings,
): Promise<Checkpoint | undefined> {
  const stated = await readVerifierKeyFile(folder)
  if (stated === undefined) {
    findings.problem('the file log.vkey with the public key is missing')
    return undefined
  }
  if (expectedKey !== undefined && stated.trim() !== expectedKey.trim()) {
    findings.problem('log.vkey is not the key that was expected')
  }
  const key = readVerifierKey(expectedKey ?? stated)
  if (key === undefined) {
    findings.problem('log.vkey is not a verifier key')
    return undefined
  }
  const note = await readFile(checkpointPath(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (note === undefined) {
    findings.note('there is no checkpoint yet, so nothing is signed')
    return undefined
  }
  const checkpoint = openCheckpoint(note, key)
  if (checkpoint === undefined) findings.problem('the checkpoint is not signed by the key in log.vkey')
  return checkpoint
}

/** What every entry must keep to, in the order of the log. */
class EntryCheck {
  readonly tree = new CompactTree()
  readonly openIntents = new Set<number>()
  readonly progress: ProgressCheck
  payloads = 0
  readonly #intents = new Map<number, string | undefined>()
  readonly #boots = new Set<string>()
  readonly #checkpoint: Checkpoint | undefined
  readonly #findings: Findings
  readonly #payloads: PayloadCheck
  readonly #gone = new GonePayloads()
  #last: Header | undefined
  #commit: readonly [number, number] | undefined
  #isIncomplete: number[] = []

  constructor(folder: string, checkpoint: Checkpoint | undefined, findings: Findings) {
    this.#checkpoint = checkpoint
    this.#findings = findings
    this.#payloads = new PayloadCheck(folder)
    this.progress = new ProgressCheck((text) => findings.problem(text))
  }

  take(entry: WalkedEntry): void {
    const { header } = entry
    this.#checkCommit(entry)
    this.#checkTime(header)
    this.#checkPair(header)
    this.#checkPayload(header)
    this.#gone.takeEntry(header)
    this.tree.push(entry.leaf)
    const checkpoint = this.#checkpoint
    if (checkpoint?.size === this.tree.size && !checkpoint.root.equals(this.tree.root())) {
      this.#findings.problem(
        `the first ${checkpoint.size} entries are not those the signed checkpoint covers`,
      )
    }
    this.#last = header
  }

  finish(): void {
    const { problems, notes } = this.#gone.report()
    for (const problem of problems) this.#findings.problem(problem)
    for (const note of notes) this.#findings.note(note)
    for (const index of this.#isIncomplete) {
      this.#findings.note(`entry ${index} belongs to a commit that is not finished: its payload is not there`)
    }
  }

  close(): void {
    this.#payloads.close()
  }

  /** A payload may be absent in the very last commit only: there its entry was never acknowledged. */
  #checkCommit({ segment, commitStart }: WalkedEntry): void {
    if (this.#commit?.[0] === segment && this.#commit[1] === commitStart) return
    for (const index of this.#isIncomplete) this.#findings.problem(`entry ${index}: its payload is not whole`)
    this.#isIncomplete = []
    this.#commit = [segment, commitStart]
  }

  #checkTime(header: Header): void {
    const last = this.#last
    if (last?.boot === header.boot) {
      if (header.monoMs < last.monoMs) {
        this.#findings.problem(`entry ${header.index}: steady time runs backwards within one run`)
      }
    } else if (header.kind !== 'start') {
      this.#findings.problem(`entry ${header.index}: a run begins without a start entry`)
    } else if (this.#boots.has(header.boot)) {
      this.#findings.problem(`entry ${header.index}: the run ${header.boot} begins a second time`)
    }
    this.#boots.add(header.boot)
    if (last !== undefined && header.atMs < last.atMs) {
      this.#findings.note(`entry ${header.index}: the clock was set back by ${last.atMs - header.atMs} ms`)
    }
  }

  #checkPair(header: Header): void {
    const { kind, index, facts } = header
    if (kind === 'intent') {
      this.openIntents.add(index)
      this.#intents.set(index, facts.requestId)
    }
    const { intent } = facts
    if (kind === 'progress') {
      this.progress.take(header, intent !== undefined && this.openIntents.has(intent))
      if (intent !== undefined) this.#checkRequest(header, intent)
    }
    if (kind !== 'outcome') return
    if (intent === undefined || !this.openIntents.delete(intent)) {
      this.#findings.problem(
        `entry ${index}: an outcome of ${intent}, which is no intent or already has an outcome`,
      )
      return
    }
    this.#checkRequest(header, intent)
    this.#intents.delete(intent)
    this.progress.end(header, intent)
  }

  #checkRequest({ index, kind, facts }: Header, intent: number): void {
    if (facts.requestId !== undefined && facts.requestId !== this.#intents.get(intent)) {
      this.#findings.problem(`entry ${index}: the ${kind} names another request than intent ${intent}`)
    }
  }

  #checkPayload({ index, payload }: Header): void {
    if (payload === undefined) return
    this.payloads++
    const state = this.#payloads.check(payload)
    if (state === 'missing') this.#gone.takeMissing(index, payload.file)
    if (state === 'erased') this.#gone.takeOverwritten(index)
    if (state === 'damaged') this.#findings.problem(`entry ${index}: its payload was changed`)
    if (state !== 'torn') return
    const isSigned = index < (this.#checkpoint?.size ?? 0)
    if (isSigned) this.#findings.problem(`entry ${index}: its payload is not whole`)
    else this.#isIncomplete.push(index)
  }
}
