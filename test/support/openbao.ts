import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

/** Where OpenBao's program is: SALLYPORT_OPENBAO, or `bao` on the path. Undefined where it is not installed. */
export const openBao = [
  process.env.SALLYPORT_OPENBAO,
  ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'bao')),
].find((path) => path !== undefined && path !== '' && existsSync(path))

export interface OpenBao {
  readonly url: string
  /** Whoever has it may do everything. */
  readonly rootToken: string
  /** Calls its API and gives the status and what it answered. */
  readonly call: (
    method: string,
    path: string,
    body?: object,
    token?: string,
  ) => Promise<{ readonly status: number; readonly json: Answer | undefined }>
}

export interface Answer {
  readonly errors?: readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly auth?: { readonly client_token: string }
}

/** A real OpenBao, unsealed and in memory, with a transit engine and no key in it. Ends with the test. */
export async function startOpenBao(context: TestContext): Promise<OpenBao> {
  assert.ok(openBao !== undefined)
  const port = await freePort()
  const rootToken = 'root-of-the-test'
  const words = ['server', '-dev', '-dev-no-store-token', `-dev-root-token-id=${rootToken}`]
  const child = spawn(openBao, [...words, `-dev-listen-address=127.0.0.1:${port}`], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  context.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  const bao: OpenBao = { url, rootToken, call: callerOf(url, rootToken) }
  for (let tries = 0; !(await isUnsealed(url)); tries++) {
    assert.ok(tries < 200 && child.exitCode === null, 'OpenBao does not start')
    await pause(50)
  }
  const { status } = await bao.call('POST', 'sys/mounts/transit', { type: 'transit' })
  assert.equal(status, 204)
  return bao
}

export function callerOf(url: string, ofToken: string): OpenBao['call'] {
  return async (method, path, body, token = ofToken) => {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as Answer) }
  }
}

async function isUnsealed(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/v1/sys/health`)).status === 200
  } catch (error) {
    assert.equal((error as Error).message, 'fetch failed')
    return false
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

/** The policy `docs/operate/keys.md` tells people to give the token, word for word. */
export async function documentedPolicy(): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'operate', 'keys.md'), 'utf8')
  return /```hcl\n(.*?)```/s.exec(page)?.[1] ?? assert.fail('docs/operate/keys.md shows no policy')
}
