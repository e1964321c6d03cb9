import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { folderOf, openIn } from '#/audit/log-for-tests.ts'
import { verifyFolder } from '#/audit/verify.ts'

const root = join(import.meta.dirname, '..', '..')
const program = join(root, 'test', 'long', 'log-process.ts')
/** As `npm start` does, or each process would read all sources anew. */
const cache = pathToFileURL(join(root, 'tools', 'compile-cache.js')).href

/** What a log in a process of its own is to do. */
export interface LogWork {
  readonly producers: number
  /** Of each producer, one after the other; an intent and an outcome each. */
  readonly exchanges: number
  readonly textBytes: number
  /** Handed over at once at the end, to be refused for the most part; it says then how long appends waited. */
  readonly floodBytes?: number
  readonly options: { readonly segmentBytes?: number }
}

/** What the process said it was promised, by index: the request id of the entry. */
export type Kept = Map<number, string>

/** Its modules are loaded, its log is not open yet: `go` opens it. */
export interface LogProcess {
  readonly child: ChildProcess
  readonly go: () => void
  /** Resolves once its log is open, or it has ended. */
  readonly ready: Promise<void>
  /** Everything it said so far, but for what was kept. */
  readonly said: readonly string[]
  /** Resolves with the exit code, or undefined when a signal ended it, once all it said was read. */
  readonly ended: Promise<number | undefined>
}

/** Loads the modules; `go` opens the log. Ends with the test at the latest. */
export async function startLogProcess(
  context: TestContext,
  folder: string,
  work: LogWork,
  kept: Kept,
  environment: NodeJS.ProcessEnv = {},
): Promise<LogProcess> {
  const child = spawn(process.execPath, ['--import', cache, program, folder, JSON.stringify(work)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  context.after(() => child.kill('SIGKILL'))
  const said: string[] = []
  // Killed, it does not read any more.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => assert.equal(error.code, 'EPIPE'))
  const loaded = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<void>()
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      // The last line may be cut off by a kill: what is kept has a whole id.
      const [, index, id] = /^kept (\d+) (req_\S+_[0-9a-f]{8})$/.exec(line) ?? []
      if (index !== undefined && id !== undefined) kept.set(Number(index), id)
      else said.push(line)
      if (line === 'loaded') loaded.resolve()
      if (line.startsWith('ready ')) ready.resolve()
    }
    ready.resolve()
    loaded.reject(new Error(`the process of the log ended before it was loaded: ${said.join('; ')}`))
  })()
  await loaded.promise
  return {
    child,
    said,
    ready: ready.promise,
    go: () => void child.stdin.write('go\n'),
    ended: Promise.all([exited, reading]).then(([[code]]) => code ?? undefined),
  }
}

/** What lies on disk, looked at before a start mends anything: it must be sound, and reach as far as was promised. */
export async function assertSound(folder: string, kept: Kept, when: string): Promise<void> {
  const verified = await verifyFolder(folderOf(folder))
  // A first start may end before there is a log.
  if (verified.entries === 0 && kept.size === 0) return
  assert.deepEqual(verified.problems, [], when)
  let promised = 0
  for (const index of kept.keys()) promised = Math.max(promised, index + 1)
  assert.ok(verified.entries >= promised, `${when}: ${verified.entries} entries, ${promised} promised`)
}

/**
 * Opens the log as a start does and looks at all of it: every entry that was promised is that entry and opens, every intent
 * has its one outcome, and the log goes on.
 */
export async function assertAllKept(folder: string, kept: Kept, when: string): Promise<void> {
  const { log, close } = await openIn(folder)
  try {
    const seen = new Map<number, string | undefined>()
    for (let from = 0; from < log.size(); ) {
      const heads = await log.readHeads(from, 1_000)
      for (const { index, facts } of heads) seen.set(index, facts.requestId)
      from += heads.length
    }
    for (const [index, id] of kept) assert.equal(seen.get(index), id, `${when}: entry ${index}`)
    for (const index of [...kept.keys()].slice(-20)) {
      assert.ok((await log.open(index))?.payload !== undefined, `${when}: the text of entry ${index}`)
    }
    await log.append({ kind: 'sign-in', facts: {} })
  } finally {
    await close()
  }
  const verified = await verifyFolder(folderOf(folder))
  assert.deepEqual([verified.problems, verified.openIntents], [[], []], when)
}
