import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import {
  ControlError,
  type ControlHandlers,
  callControl,
  controlSocketPath,
  serveControl,
} from './control-socket.ts'
import { Refusal } from './refusal.ts'

const ends: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function newPath(...below: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-control-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, ...below), { recursive: true })
  return controlSocketPath(join(folder, ...below))
}

async function serve(path: string, handlers: ControlHandlers) {
  const server = await serveControl(path, handlers)
  ends.push(server.close)
  return server
}

const hasCode = (code: string, message = /./) => {
  return (error: unknown) =>
    error instanceof ControlError && error.code === code && message.test(error.message)
}

test('what goes in comes out, as JSON', async () => {
  const path = newPath()
  await serve(path, { echo: async (input: unknown) => ({ got: input }) })
  const input = { text: 'grüße 😀', list: [1, null, true] }
  assert.deepEqual(await callControl(path, 'echo', input), { got: input })
})

test('a handler that gives nothing answers nothing', async () => {
  const path = newPath()
  await serve(path, { 'key.revoke': async () => undefined })
  assert.equal(await callControl(path, 'key.revoke', {}), undefined)
})

test('only its owner may open the socket', async () => {
  const path = newPath()
  await serve(path, {})
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('a refusal comes back with its code, its sentence and its remedy', async () => {
  const path = newPath()
  await serve(path, {
    refuse: async () => {
      throw new Refusal('key-unknown')
    },
  })
  await assert.rejects(callControl(path, 'refuse', {}), hasCode('key-unknown', /not one of ours.*key create/))
})

test('an error of ours keeps its code and all its lines; any other is a defect', async () => {
  const path = newPath()
  await serve(path, {
    said: async () => {
      throw Object.assign(new Error('two lines:\n  second'), { code: 'records-wrong' })
    },
    broken: async () => {
      throw new TypeError('x is not a function')
    },
    system: async () => statSync('/nowhere/at/all'),
  })
  await assert.rejects(callControl(path, 'said', {}), hasCode('records-wrong', /second/))
  await assert.rejects(callControl(path, 'broken', {}), hasCode('defect', /x is not a function/))
  await assert.rejects(callControl(path, 'system', {}), hasCode('defect', /ENOENT/))
})

test('an unknown name is refused, also one every object has', async () => {
  const path = newPath()
  await serve(path, {})
  for (const name of ['nothing', 'toString', '__proto__', '']) {
    await assert.rejects(callControl(path, name, {}), hasCode('command-unknown'), name)
  }
})

test('without a server the caller is told that none is running', async () => {
  const path = newPath()
  await assert.rejects(callControl(path, 'echo', {}), hasCode('not-running'))
  await assert.rejects(callControl(join(path, 'x'.repeat(200), 'y'), 'echo', {}), hasCode('not-running'))
})

test('the socket of a killed process is in nobody’s way', async () => {
  const path = newPath()
  const code = `require('node:http').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal(existsSync(path), true)
  await assert.rejects(callControl(path, 'echo', 1), hasCode('not-running'))
  await serve(path, { echo: async (input: unknown) => input })
  assert.equal(await callControl(path, 'echo', 1), 1)
})

test('a socket that somebody answers on is not taken away', async () => {
  const path = newPath()
  await serve(path, { who: async () => 'the first' })
  await assert.rejects(
    serveControl(path, { who: async () => 'the second' }),
    /another process already listens/,
  )
  assert.equal(await callControl(path, 'who', {}), 'the first')
})

test('closing waits for what is being answered and removes the socket', async () => {
  const path = newPath()
  const begun = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<string>()
  const server = await serveControl(path, {
    slow: () => {
      begun.resolve()
      return finish.promise
    },
  })
  const called = callControl(path, 'slow', {})
  await begun.promise
  const closed = server.close()
  finish.resolve('done')
  assert.equal(await called, 'done')
  await closed
  assert.equal(existsSync(path), false)
})

test('a path longer than a socket may have works on Linux and is a clear error elsewhere', async () => {
  const path = newPath('a'.repeat(60), 'b'.repeat(60))
  if (process.platform !== 'linux') {
    await assert.rejects(serveControl(path, {}), /longer than the 100 bytes/)
    return
  }
  const server = await serveControl(path, { echo: async (input: unknown) => input })
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(await callControl(path, 'echo', 'far'), 'far')
  await server.close()
  assert.equal(existsSync(path), false)
})

test('too large an input is refused and said', async () => {
  const path = newPath()
  await serve(path, { echo: async (input: unknown) => input })
  await assert.rejects(callControl(path, 'echo', 'x'.repeat(9 * 1024 * 1024)), hasCode('input-too-large'))
})

test('an input that is not JSON is refused and said', async () => {
  const path = newPath()
  await serve(path, { echo: async (input: unknown) => input })
  const asked = request({ socketPath: path, path: '/echo', method: 'POST' }).end('{"a":')
  const [response] = await once(asked, 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  assert.equal(JSON.parse(text).error.code, 'input-invalid')
})

test('an answer that breaks off, or is none of ours, leaves open whether it was done', async () => {
  const path = newPath()
  const cutting = createSocketServer((socket) => socket.once('data', () => socket.destroy()))
  cutting.listen(path)
  await once(cutting, 'listening')
  await assert.rejects(callControl(path, 'echo', {}), hasCode('no-answer', /unknown/))
  cutting.close()
  await once(cutting, 'close')
  const stranger = createServer((_, response) => response.end('hello'))
  stranger.listen(path)
  await once(stranger, 'listening')
  await assert.rejects(callControl(path, 'echo', {}), hasCode('no-answer', /not a Sallyport/))
  stranger.close()
  await once(stranger, 'close')
})

test('a file in the place of the socket is replaced', async () => {
  const path = newPath()
  writeFileSync(path, 'not a socket')
  await serve(path, { echo: async (input: unknown) => input })
  assert.equal(await callControl(path, 'echo', 2), 2)
})
