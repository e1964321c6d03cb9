import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EntryFacts } from '#/audit/api.ts'
import type { LogQuestion } from '#/audit/index/api.ts'
import { indexPath, type LogIndex, openLogIndex } from '#/audit/index/log-index.ts'
import { folderOf, type OpenedForTest, openIn, origin } from '#/audit/log-for-tests.ts'
import { dataClasses } from '#/core/data-class.ts'
import { atLeast, type Figure, median, told } from '../figure.ts'
import type { BenchOptions } from '../run.ts'

/** A log of this many entries per second asked for: six seconds are a sixth of a million. */
const entriesPerSecond = 30_000

/** How fast the index is built anew, and how long questions take over it. */
export async function* benchLogIndex({ seconds, say }: BenchOptions): AsyncIterable<Figure> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'))
  try {
    const opened = await openIn(dataFolder, { segmentBytes: 64 * 1_024 * 1_024 })
    say(`writing a log of ${seconds * entriesPerSecond} entries`)
    await write(opened, seconds * entriesPerSecond)
    yield* measure(opened, folderOf(dataFolder))
    await opened.close()
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function* measure({ log, keys }: OpenedForTest, folder: string): AsyncIterable<Figure> {
  const size = log.size()
  const open = (): LogIndex =>
    openLogIndex({ folder, origin, first: () => 0, size: log.size, writeLine: () => undefined })
  const index = open()
  const builtMs = await timed(() => index.catchUp())
  yield atLeast('index built anew', size / (builtMs / 1_000), 'entries/s', 50_000)
  const { size: bytes } = await stat(indexPath(folder))
  yield told('index on disk', bytes / size, 'bytes an entry')
  const page = { before: undefined, limit: 50 }
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    'newest 50': () => index.find(everything, page),
    'newest 50 of a person': () => index.find(ofAliases(keys.aliasesOf('person-7')), page),
    'nothing fits, every row read': () => index.find(neverThere, page),
    'counts by class': () => index.count(everything, 'class'),
    'counts by finding': () => index.count(everything, 'finding'),
  }
  for (const [name, ask] of Object.entries(questions)) {
    yield told(name, await medianMs(ask), 'ms')
  }
  await index.close()
  const again = open()
  const openedMs = await timed(() => again.catchUp())
  yield told('opened and read through', openedMs, 'ms')
  await again.close()
}

const everything: LogQuestion = { conditions: [], sinceMs: undefined, untilMs: undefined }
const ofAliases = (values: readonly string[]): LogQuestion => ({
  ...everything,
  conditions: [{ on: 'alias', isNot: false, values }],
})
const neverThere: LogQuestion = {
  ...everything,
  conditions: [{ on: 'status', isNot: false, compare: '>=', values: [600] }],
}

const people = 300
const atOnce = 1_000

async function write({ log }: OpenedForTest, entries: number): Promise<void> {
  for (let at = 0; at < entries / 2; at += atOnce) {
    const some = Array.from({ length: atOnce }, (_, each) => at + each)
    const subjectOf = (each: number): string => `person-${each % people}`
    const intents = await Promise.all(
      some.map((each) => log.append({ kind: 'intent', subject: subjectOf(each), facts: intentFacts(each) })),
    )
    const end = ({ index }: { readonly index: number }, each: number) =>
      log.append({
        kind: 'outcome',
        subject: subjectOf(at + each),
        facts: { ...outcomeFacts, intent: index },
      })
    await Promise.all(intents.map(end))
  }
}

const intentFacts = (each: number): EntryFacts => ({
  requestId: `req_${String(each).padStart(20, '0')}`,
  dialect: 'openai-chat',
  isStream: true,
  useCase: 'general-assistant',
  offering: `offering-${each % 7}`,
  provider: 'compatible',
  model: 'model',
  class: dataClasses[each % 4],
  keyId: `key_${each % 50}`,
  findings:
    each % 3 === 0
      ? [
          { type: 'email', channel: 'user', action: 'mask', count: 2 },
          { type: 'person-name', channel: 'user', action: 'mask', count: 1 },
        ]
      : [],
  decision: 'transform',
  rules: ['no-mail', 'no-keys'],
  snapshot: 'a'.repeat(16),
  inspector: 'b'.repeat(16),
  settings: 'c'.repeat(64),
  timingsMs: { inspect: 0.123 },
})

const outcomeFacts: EntryFacts = {
  useCase: 'general-assistant',
  decision: 'answered',
  status: 200,
  finish: 'stop',
  usage: { inputTokens: 100, outputTokens: 50, cacheReadTokens: 0, cacheWriteTokens: 0 },
  costMicroUsd: 120,
  timingsMs: { intend: 1, firstByte: 3, total: 5 },
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < 7; count++) times.push(await timed(work))
  return median(times)
}
