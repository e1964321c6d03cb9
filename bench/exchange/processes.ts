import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { Job, Result } from './load.ts'

const root = join(import.meta.dirname, '..', '..')

/** Starts a script that prints one JSON line with its port; gives the child and the port. */
export async function startWithPort(
  script: string,
  ...args: string[]
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(root, script), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, port: (JSON.parse(line) as { port: number }).port }
  }
  throw new Error(`${script} ended before it said its port`)
}

/** Starts Sallyport as a person would, with the given environment; resolves when it says that it is ready. */
export async function startSallyportProcess(
  environment: Record<string, string>,
): Promise<ChildProcess & { port: number }> {
  // The arguments of `npm start`.
  const cache = pathToFileURL(join(root, 'tools', 'compile-cache.js')).href
  const child = spawn(process.execPath, ['--import', cache, join(root, 'src', 'main.ts')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /^Sallyport is ready: http:\/\/[^:]+:(\d+)$/.exec(line)
    if (ready !== null) {
      child.stdout.resume()
      return Object.assign(child, { port: Number(ready[1]) })
    }
  }
  throw new Error('Sallyport ended before it was ready')
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** The load generator: one job at a time. */
export class Load {
  readonly #child = fork(join(import.meta.dirname, 'load.ts'))

  async run(job: Job): Promise<Result> {
    const answered = once(this.#child, 'message')
    this.#child.send(job)
    const [message] = (await answered) as [{ result?: Result; problem?: string }]
    if (message.result === undefined) throw new Error(message.problem)
    if (message.result.failures > 0)
      throw new Error(`${message.result.failures} requests of a ${job.kind} run failed`)
    return message.result
  }

  stop(): Promise<void> {
    return stop(this.#child)
  }
}

/** Processor time a process used so far, user and system, in ms. Linux only: elsewhere it is not a number. */
export function cpuMsOf(child: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // Fields 14 and 15 of the whole line; clock ticks are hundredths of a second on Linux.
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Resident memory of a process in MB. Linux only. */
export function residentMbOf(child: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1_024
}
