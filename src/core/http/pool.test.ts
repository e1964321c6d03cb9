import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { openAskingPool, openPool } from './pool.ts'

const server = createServer((_, response) => response.end('here'))
let origin: string

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

test('a pool that is dispatched to hands over what the origin answers', async () => {
  const pool = openPool(origin, { connections: 1 })
  const told = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = []
    pool.dispatch(
      { path: '/', method: 'GET' },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve(Buffer.concat(chunks).toString()),
        onResponseError: (_, error) => reject(error),
      },
    )
  })
  assert.equal(told, 'here')
  await pool.destroy()
})

test('a pool that is asked answers by a promise', async () => {
  const pool = openAskingPool(origin, { connections: 1 })
  const { body } = await pool.request({ path: '/', method: 'GET' })
  assert.equal(await body.text(), 'here')
  await pool.destroy()
})

test('a pool that is dispatched to does not load the rest of undici', () => {
  const script = `import { openPool } from '${new URL('./pool.ts', import.meta.url).href}'
    import { createRequire } from 'node:module'
    await openPool('http://127.0.0.1:9', {}).destroy()
    process.stdout.write(JSON.stringify(Object.keys(createRequire('/').cache)))`
  const loaded = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  ) as string[]
  assert.ok(loaded.some((path) => path.endsWith('/undici/lib/dispatcher/pool.js')))
  assert.deepEqual(
    loaded.filter((path) => /undici\/(?:index\.js|lib\/(?:web\/fetch\/index|cache|mock))/.test(path)),
    [],
  )
})
