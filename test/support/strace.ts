import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** False where strace can be attached to a process; else why a test is left out. */
export const withoutStrace: string | false = (() => {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' })
  } catch {
    return 'strace is not installed (apt-get install strace)'
  }
  const scope = '/proc/sys/kernel/yama/ptrace_scope'
  const isFree = process.getuid?.() === 0 || !existsSync(scope) || readFileSync(scope, 'utf8').trim() === '0'
  return isFree ? false : `attaching strace to a process needs root here (${scope})`
})()

export interface Tracing {
  /** The calls, a line each, once the traced process has ended. */
  readonly calls: () => Promise<readonly string[]>
}

/**
 * Traces all threads of a process from now on. What `words` injects is counted per thread: start the process with
 * UV_THREADPOOL_SIZE=1, so that "the third" means something.
 */
export async function trace(child: ChildProcess, path: string, words: readonly string[]): Promise<Tracing> {
  const strace = spawn('strace', ['-f', '-p', String(child.pid), '-o', path, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(strace, 'exit')
  const [said] = (await once(strace.stderr, 'data')) as [Buffer]
  assert.match(said.toString(), /attached/)
  strace.stderr.resume()
  return {
    calls: async () => {
      await ended
      return (await readFile(path, 'utf8')).split('\n')
    },
  }
}
