/**
 * The offline verifier: reads the folder of one log as it lies there, without keys and without a network, and
 * says everything that is wrong with it. It shares with the writer only the formats.
 */

import { readFile } from 'node:fs/promises'
import { readVerifierKeyFile } from './checkpoint-file.ts'
import { type Claim, checkConsistency, type NamedText, readClaims } from './claims.ts'
import { endedBefore, readEnded, readKept } from './ended.ts'
import { EndedCheck } from './ended-check.ts'
import { GonePayloads } from './gone-payloads.ts'
import type { Header } from './header.ts'
import type { CommitRecord } from './journal-record.ts'
import { firstWaiting } from './journal-replay.ts'
import type { LogKeys } from './keys.ts'
import { checkpointPath, listSegments } from './layout.ts'
import {
  type Checkpoint,
  openCheckpoint,
  problemOfVerifierKey,
  readVerifierKey,
  type VerifierKey,
} from './note.ts'
import { PayloadCheck } from './payload-files.ts'
import { hasTiles, TileCheck } from './tiles/tile-check.ts'
import type { TiledTree } from './tiles/tiled-tree.ts'
import { Opening } from './verify-open.ts'
import { ProgressCheck } from './verify-progress.ts'
import { type WalkedEntry, walkEntries } from './walk.ts'

export interface Verified {
  readonly ok: boolean
  /** Of the checkpoint, or of the key while nothing is signed yet; undefined without a key. */
  readonly origin: string | undefined
  readonly entries: number
  /** Of these, entries whose headers retention ended: their hashes are there, and nothing else. */
  readonly ended: number
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
  /** Checkpoints of this log kept elsewhere, as signed notes: the log must go on from each of them. */
  readonly since?: readonly NamedText[]
  /** `.tlog-proof` files given out earlier: each must hold, and hold of this log. */
  readonly proofs?: readonly NamedText[]
  /** Called now and then with the number of entries checked so far. */
  readonly onProgress?: (entries: number) => void
}

const listedMax = 100
const progressEvery = 65_536

export async function verifyFolder(folder: string, options: VerifyOptions = {}): Promise<Verified> {
  const findings = new Findings()
  const key = await readKey(folder, options.verifierKey, findings)
  const checkpoint = key && (await readSigned(folder, key, findings))
  const claims = key === undefined ? [] : readClaims(options, key, (problem) => findings.problem(problem))
  const segments = await listSegments(folder)
  const firstSegment = segments[0] ?? 1
  const ended = endedBefore(folder, firstSegment) ?? 0
  const check = new EntryCheck({ folder, checkpoint, claims, findings, ended })
  const opening = options.keys && new Opening(folder, options.keys, (text) => findings.problem(text))
  let opened = 0
  try {
    if (ended > 0) {
      check.takeKept(countKept(folder, firstSegment, findings))
      for (const leaf of readEnded(folder, firstSegment)) check.takeEnded(leaf)
    }
    const waiting = await readWaiting(folder, checkpoint?.size ?? 0, findings)
    const walk = walkEntries(folder, segments)
    let step = walk.next()
    for (; !step.done && check.tree.size !== waiting?.first; step = walk.next()) {
      check.take(step.value)
      if (check.tree.size % progressEvery === 0) options.onProgress?.(check.tree.size)
      if (opening === undefined) continue
      const payload = await opening.open(step.value)
      if (payload !== undefined) opened++
      if (step.value.header.kind === 'progress') check.progress.takeOpened(step.value.header, payload)
    }
    check.finish()
    if (checkpoint !== undefined) {
      await checkConsistency(folder, checkpoint, claims, (problem) => findings.problem(problem))
    }
    // What comes where commits wait for their places is no damage.
    const isWaiting = check.tree.size === waiting?.first
    const { damage, tornBytes } = step.done && !isWaiting ? step.value : { damage: undefined, tornBytes: 0 }
    if (damage !== undefined) findings.problem(`${damage}; nothing after it was read`)
    if (tornBytes > 0) findings.note(`${tornBytes} bytes at the end belong to a commit that is not finished`)
  } finally {
    check.close()
  }
  const { tree, payloads, openIntents } = check
  if (tree.size === ended) findings.problem('there is no entry')
  if (checkpoint !== undefined && !hasTiles(folder)) {
    findings.note('there are no tiles; they are made by the next start, or by audit rebuild-tiles')
  }
  return {
    ok: findings.problemCount === 0,
    origin: checkpoint?.origin ?? key?.origin,
    entries: tree.size,
    ended,
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

/**
 * A log that a power cut ended may hold its newest commits in the journal alone: they are not signed, and a start puts them
 * where they belong.
 */
async function readWaiting(
  folder: string,
  signedSize: number,
  findings: Findings,
): Promise<CommitRecord | undefined> {
  try {
    const waiting = await firstWaiting(folder, signedSize)
    if (waiting === undefined) return undefined
    findings.note(
      `entries from ${waiting.first} on are not signed and wait in the journal (commits/): a start puts them in their place`,
    )
    return waiting
  } catch (error) {
    findings.problem((error as Error).message)
    return undefined
  }
}

/** Reading them compares each with its leaf. */
function countKept(folder: string, segment: number, findings: Findings): number {
  let count = 0
  try {
    for (const _ of readKept(folder, segment)) count++
  } catch (error) {
    findings.problem((error as Error).message)
  }
  return count
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

async function readKey(
  folder: string,
  expected: string | undefined,
  findings: Findings,
): Promise<VerifierKey | undefined> {
  const stated = await readVerifierKeyFile(folder)
  if (stated === undefined) {
    findings.problem('the file log.vkey with the public key is missing')
    return undefined
  }
  if (expected !== undefined && stated.trim() !== expected.trim()) {
    findings.problem('log.vkey is not the key that was expected')
  }
  const problem = problemOfVerifierKey(expected ?? stated)
  if (problem !== undefined)
    findings.problem(`${expected === undefined ? 'log.vkey' : 'the key expected'} ${problem}`)
  return readVerifierKey(expected ?? stated)
}

async function readSigned(
  folder: string,
  key: VerifierKey,
  findings: Findings,
): Promise<Checkpoint | undefined> {
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
  readonly openIntents = new Set<number>()
  readonly progress: ProgressCheck
  payloads = 0
  readonly #intents = new Map<number, string | undefined>()
  readonly #boots = new Set<string>()
  readonly #signedSize: number
  readonly #claims: readonly Claim[]
  readonly #findings: Findings
  readonly #payloads: PayloadCheck
  readonly #tiles: TileCheck
  readonly #gone: GonePayloads
  readonly #ended: EndedCheck
  /** Of the first entry that is kept. */
  readonly #first: number
  #segment: number | undefined
  #last: Header | undefined
  #commit: readonly [number, number] | undefined
  #isIncomplete: number[] = []

  constructor(options: {
    readonly folder: string
    readonly checkpoint: Checkpoint | undefined
    readonly claims: readonly Claim[]
    readonly findings: Findings
    /** Entries whose headers are gone; all are taken before the first other one. */
    readonly ended: number
  }) {
    const { folder, checkpoint, claims, findings, ended } = options
    this.#first = ended
    this.#signedSize = checkpoint?.size ?? 0
    this.#gone = new GonePayloads(this.#signedSize)
    this.#ended = new EndedCheck(ended, this.#signedSize)
    this.#claims =
      checkpoint === undefined ? claims : [{ name: 'the signed checkpoint', checkpoint }, ...claims]
    this.#findings = findings
    this.#payloads = new PayloadCheck(folder)
    this.progress = new ProgressCheck((text) => findings.problem(text))
    this.#tiles = new TileCheck(folder, this.#signedSize, (problem) => findings.problem(problem))
    this.#checkClaims(undefined)
  }

  get tree(): TiledTree {
    return this.#tiles.tree
  }

  takeKept(count: number): void {
    this.#ended.takeKept(count)
  }

  takeEnded(leaf: Buffer): void {
    this.#tiles.takeEnded(leaf)
    this.#checkClaims({ leaf })
  }

  take(entry: WalkedEntry): void {
    const { header, segment } = entry
    if (segment !== this.#segment) this.#ended.takeRoot(this.tree.size, this.tree.root())
    this.#segment = segment
    this.#checkCommit(entry)
    this.#checkTime(header)
    this.#checkPair(header)
    this.#checkPayload(header)
    this.#gone.takeEntry(header)
    this.#ended.takeEntry(header)
    this.#tiles.take(entry.bytes, entry.leaf)
    this.#checkClaims(entry)
    this.#last = header
  }

  #checkClaims(entry: { readonly leaf: Buffer } | undefined): void {
    const { size } = this.tree
    for (const { name, checkpoint, entry: claimed } of this.#claims) {
      if (checkpoint.size === size && !checkpoint.root.equals(this.tree.root())) {
        this.#findings.problem(`the first ${size} entries are not those ${name} covers`)
      }
      if (entry !== undefined && claimed?.index === size - 1 && !claimed.leaf.equals(entry.leaf)) {
        this.#findings.problem(`entry ${claimed.index} is not the one ${name} is about`)
      }
    }
  }

  finish(): void {
    for (const { name, checkpoint } of this.#claims) {
      if (checkpoint.size <= this.tree.size) continue
      this.#findings.problem(
        `${name} covers ${checkpoint.size} entries, but only ${this.tree.size} are there`,
      )
    }
    for (const { problems, notes } of [this.#ended.report(), this.#gone.report()]) {
      for (const problem of problems) this.#findings.problem(problem)
      for (const note of notes) this.#findings.note(note)
    }
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
    } else if (header.kind !== 'start' && !(last === undefined && this.#first > 0)) {
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
    // Its other half has ended.
    if (intent !== undefined && intent < this.#first) return
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
    const isSigned = index < this.#signedSize
    if (isSigned) this.#findings.problem(`entry ${index}: its payload is not whole`)
    else this.#isIncomplete.push(index)
  }
}
