import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { AuditLog } from '#/audit/api.ts'
import { folderOf, intentOf, openIn, outcomeOf, seededRandom } from '#/audit/log-for-tests.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { giveMemoryBack } from '#/core/give-back.ts'
import { atLeast, atMost, type Figure, quantile, told } from '../figure.ts'
import { benchLogIndex } from '../log-index/bench.ts'
import type { BenchOptions } from '../run.ts'
import { syncMs } from './disk-alone.ts'

const producers = 64
const concurrent = 100
/** A provider that is quick: between the two entries of an exchange 25 to 75 ms pass, as many as chance has it. */
const leastProviderMs = 25
const providerRangeMs = 50
/** What an exchange seals: 3 KB entered, as a page of text. */
const entered = 'The quick brown fox jumps over the lazy dog near the river bank. '.repeat(48)

/** How many entries a log takes durably, what the two of an exchange add, and how fast a log is verified. */
export async function* benchLog({ seconds, say }: BenchOptions): AsyncIterable<Figure> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'))
  try {
    const { log, close } = await openIn(dataFolder, { segmentBytes: 64 * 1_024 * 1_024 })
    // As a server does before its first request: it says when V8 collects.
    giveMemoryBack()
    yield* diskAlone(dataFolder, 'before')
    say(`${producers} producers for ${seconds} s, then ${concurrent} exchanges at a time`)
    const before = process.cpuUsage()
    const durable = await produce(log, seconds * 1_000)
    const { user, system } = process.cpuUsage(before)
    yield atLeast(`durable sealed entries, ${producers} producers`, durable / seconds, 'entries/s', 10_000)
    yield told('CPU of an entry', (user + system) / durable, 'us')
    const added = await exchange(log, seconds * 1_000)
    yield* diskAlone(dataFolder, 'after')
    yield told(`first entries of ${concurrent} people at once`, await firstEntriesMs(log), 'ms')
    yield atMost(`added by two entries, ${concurrent} at a time, p50`, quantile(added, 0.5), 'ms', 1)
    yield atMost(`added by two entries, ${concurrent} at a time, p99`, quantile(added, 0.99), 'ms', 5)
    // The tiles of the first part, tens of thousands of entries a second, are still being made while the second begins.
    await log.tree.prove(log.size() - 1)
    const later = await exchange(log, seconds * 1_000)
    yield told('the same, later than the burst, p99', quantile(later, 0.99), 'ms')
    yield atMost('proof available after', await proofMs(log), 'ms', 2_000)
    await close()
    const startedAt = performance.now()
    const { entries, problems } = await verifyFolder(folderOf(dataFolder))
    if (problems.length > 0) throw new Error(`the log does not verify: ${problems[0]}`)
    yield atLeast('verified', entries / ((performance.now() - startedAt) / 1_000), 'entries/s', 100_000)
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
  yield* benchLogIndex({ seconds, say })
}

/** The goals are for a disk that syncs within a millisecond, and other work may share it: so it is measured, too. */
async function* diskAlone(folder: string, when: string): AsyncIterable<Figure> {
  const took = await syncMs(folder)
  yield told(`sync of 4 KB, the disk alone, ${when}, p50`, quantile(took, 0.5), 'ms')
  yield told(`sync of 4 KB, the disk alone, ${when}, p99`, quantile(took, 0.99), 'ms')
}

/** People the log has no keys of: what the turn of a month costs whoever is there. */
async function firstEntriesMs(log: AuditLog): Promise<number> {
  const startedAt = performance.now()
  const people = Array.from({ length: concurrent }, (_, number) => `newcomer-${number}`)
  await Promise.all(people.map((person) => log.append(intentOf(person, entered))))
  return performance.now() - startedAt
}

/** Entries written by producers that each wait for the one before. */
async function produce(log: AuditLog, forMs: number): Promise<number> {
  const from = log.size()
  const until = performance.now() + forMs
  const one = async (_: unknown, number: number): Promise<void> => {
    for (let count = 0; performance.now() < until; count++) {
      const person = `person-${number}`
      const { index } = await log.append(intentOf(person, `${count} ${entered}`))
      await log.append(outcomeOf(index, person))
    }
  }
  await Promise.all(Array.from({ length: producers }, one))
  return log.size() - from
}

/** Milliseconds the two entries of each exchange took together, ascending. */
async function exchange(log: AuditLog, forMs: number): Promise<readonly number[]> {
  const took: number[] = []
  const until = performance.now() + forMs
  const one = async (_: unknown, number: number): Promise<void> => {
    const random = seededRandom(number + 1)
    await pause(random(providerRangeMs))
    for (let count = 0; performance.now() < until; count++) {
      const person = `person-${number}`
      const startedAt = performance.now()
      const { index } = await log.append(intentOf(person, `${count} ${entered}`))
      const intendedAt = performance.now()
      // Equal times would bring all of them back in the same moment.
      await pause(leastProviderMs + random(providerRangeMs))
      const answeredAt = performance.now()
      await log.append(outcomeOf(index, person))
      took.push(intendedAt - startedAt + performance.now() - answeredAt)
    }
  }
  await Promise.all(Array.from({ length: concurrent }, one))
  return took.sort((one, other) => one - other)
}

/** The longest of five: from a durable entry to its proof. */
async function proofMs(log: AuditLog): Promise<number> {
  let longest = 0
  for (let count = 0; count < 5; count++) {
    const { index } = await log.append(intentOf('person-0', entered))
    const startedAt = performance.now()
    await log.tree.prove(index)
    longest = Math.max(longest, performance.now() - startedAt)
  }
  return longest
}
