import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** False where strace is there; else why a test is left out. */
export const withoutStrace: string | false = (() => {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' })
    return false
  } catch {
    return 'strace is not installed (apt-get install strace)'
  }
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
