import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..', '..')
const mainFile = join(root, 'src', 'main.ts')
/** The arguments of `npm start`. */
const cache = pathToFileURL(join(root, 'tools', 'compile-cache.js')).href

/** A Sallyport in a process of its own, for tests that kill it or break what it stands on. */
export interface Running {
  readonly child: ChildProcess
  readonly port: number
  readonly url: string
  readonly startMs: number
}

/** `wrapper` goes before the command: `['strace', ...]`. */
export async function startProcess(
  environment: NodeJS.ProcessEnv,
  wrapper: readonly string[] = [],
): Promise<Running> {
  const startedAt = performance.now()
  const [command = process.execPath, ...words] = [...wrapper, process.execPath, '--import', cache, mainFile]
  const child = spawn(command, words, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^Sallyport is ready: http:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1]
    if (port === undefined) continue
    child.stdout.resume()
    return {
      child,
      port: Number(port),
      url: `http://127.0.0.1:${port}`,
      startMs: performance.now() - startedAt,
    }
  }
  return assert.fail('Sallyport ended before it was ready')
}

/** Starts one and sends the signal once its data folder has keys, which is long before it is ready: how it ended. */
export async function endWhileStarting(
  dataFolder: string,
  environment: NodeJS.ProcessEnv,
  signal: NodeJS.Signals,
): Promise<readonly [code: number | null, signal: NodeJS.Signals | null]> {
  const env = { ...environment, SALLYPORT_DATA: dataFolder }
  const child = spawn(process.execPath, ['--import', cache, mainFile], { env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  const keys = join(dataFolder, 'keys', 'kek')
  for (let tries = 0; tries < 5_000 && !existsSync(keys) && child.exitCode === null; tries++) await pause(2)
  child.kill(signal)
  const [code, by] = (await ended) as [number | null, NodeJS.Signals | null]
  return [code, by]
}

export async function end(running: Running, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (running.child.exitCode !== null || running.child.signalCode !== null) return
  const ended = once(running.child, 'exit')
  running.child.kill(signal)
  await ended
}

export interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `bin/sallyport` as a person would. Never throws for an exit code. */
export const runCommand = (
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  input = '',
): Promise<Said> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, 'bin', 'sallyport'), ...words],
      { env: environment, maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
