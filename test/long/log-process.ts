/**
 * A log in a process of its own, for tests that kill it or break what it stands on: `node log-process.ts FOLDER WORK`.
 * It says on standard output what it was promised, a line each, and waits for a line before it opens the log. The lines
 * leave by `writev`, which the log does not use, so that a test can make the calls of the log fail and still be told.
 */
import { randomBytes } from 'node:crypto'
import { writevSync } from 'node:fs'
import type { AuditLog } from '#/audit/api.ts'
import { intentOf, openIn, outcomeOf } from '#/audit/log-for-tests.ts'
import { Refusal } from '#/core/refusal.ts'
import type { LogWork } from '../support/log-process.ts'

const [folder = '', words = '{}'] = process.argv.slice(2)
const work = JSON.parse(words) as LogWork
/** How long each append waited. */
const waitedMs: number[] = []
let isDead = false

const say = (line: string): void => {
  // One buffer would leave by `write`.
  writevSync(1, [Buffer.from(line), Buffer.from('\n')])
}

say('loaded')
// Whoever waits for it may be gone.
process.stdin.once('end', () => process.exit(1))
await new Promise((resolve) => process.stdin.once('data', resolve))
process.stdin.removeAllListeners('end').pause()

const startedAt = performance.now()
try {
  const { log, close } = await openIn(folder, {
    ...work.options,
    onDead: () => {
      isDead = true
    },
  })
  say(`ready ${Math.round(performance.now() - startedAt)} ${log.size()}`)
  await Promise.all(Array.from({ length: work.producers }, (_, producer) => produce(log, producer)))
  if (work.floodBytes !== undefined) await flood(log, work.floodBytes)
  say(isDead ? 'dead' : 'done')
  await close()
  say('closed')
} catch (error) {
  say(`ended ${(error as Error).message}`)
}
if (work.floodBytes !== undefined) {
  waitedMs.sort((one, other) => one - other)
  const at = (part: number): number => Math.round(waitedMs[Math.floor(waitedMs.length * part)] ?? 0)
  say(`waited ${at(0.5)} ${at(0.99)}`)
}

async function produce(log: AuditLog, producer: number): Promise<void> {
  for (let number = 0; number < work.exchanges && !isDead; number++) {
    const id = `req_${producer}-${number}_${randomBytes(4).toString('hex')}`
    try {
      const intent = await keep(log, intentOf(`person-${producer % 3}`, textOf(work.textBytes), id))
      await keep(log, outcomeOf(intent, `person-${producer % 3}`, id))
    } catch (error) {
      say(`refused ${error instanceof Refusal ? error.code : (error as Error).message}`)
      // A caller comes again, but not at once.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

async function keep(log: AuditLog, entry: Parameters<AuditLog['append']>[0]): Promise<number> {
  const beganAt = performance.now()
  const { index } = await log.append(entry)
  waitedMs.push(performance.now() - beganAt)
  say(`kept ${index} ${entry.facts.requestId}`)
  return index
}

/** Hands over more than may wait, without waiting for any of it. */
async function flood(log: AuditLog, bytes: number): Promise<void> {
  const textBytes = 64 * 1_024
  const before = process.memoryUsage().rss
  let most = before
  let refused = 0
  const appended: Promise<unknown>[] = []
  for (let handed = 0; handed < bytes; handed += textBytes) {
    const entry = { kind: 'record', subject: 'person-1', facts: { about: 'flood' } } as const
    appended.push(log.append({ ...entry, payload: textOf(textBytes) }).catch(() => refused++))
    most = Math.max(most, process.memoryUsage().rss)
  }
  await Promise.all(appended)
  most = Math.max(most, process.memoryUsage().rss)
  say(`flood ${refused} ${Math.round((most - before) / 1_024 / 1_024)}`)
}

function textOf(bytes: number): string {
  return randomBytes(bytes / 2).toString('hex')
}
