import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface SeenRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Readonly<Record<string, unknown>>
  /** The body as it came. */
  readonly text: string
}

export interface Simulator {
  readonly port: number
  readonly seen: () => Promise<readonly SeenRequest[]>
  readonly clear: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts the simulated provider in a process of its own. */
export async function startSimulator(): Promise<Simulator> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const port = await readPort(child.stdout)
  const at = `http://127.0.0.1:${port}/seen`
  return {
    port,
    seen: async () => (await (await fetch(at)).json()) as readonly SeenRequest[],
    clear: async () => {
      await (await fetch(at, { method: 'DELETE' })).text()
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

async function readPort(output: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: output }))
    return (JSON.parse(line) as { port: number }).port
  return assert.fail('the simulator ended before it said its port')
}
