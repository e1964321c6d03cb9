import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { createRouter } from './router.ts'
import { staticRoutes } from './static.ts'

const folder = await mkdtemp(join(tmpdir(), 'sallyport-static-'))
await mkdir(join(folder, 'assets'))
await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>')
await writeFile(join(folder, 'assets', 'page-Ab12Cd34.js'), 'export {}')
await writeFile(join(folder, 'assets', 'large-Ab12Cd34.js'), 'export const large = 1')
await writeFile(join(folder, 'assets', 'large-Ab12Cd34.js.br'), brotliCompressSync('export const large = 1'))
await writeFile(join(folder, 'assets', 'large-Ab12Cd34.js.gz'), gzipSync('export const large = 1'))
await writeFile(join(folder, '.digest'), 'secret')
const server = createServer(
  createRouter(staticRoutes(folder), {
    personOf: () => undefined,
    limits: { bodyMaxBytes: 10, bodyMaxMs: 1_000, jsonMaxDepth: 5 },
    isOwnHost: () => true,
    writeLine: () => undefined,
  }),
).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const at = (path: string, headers = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })
after(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test('the page is served at / and asked for again each time', async () => {
  const response = await at('/')
  assert.equal(await response.text(), '<!doctype html><title>page</title>')
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.equal(response.headers.get('cache-control'), 'no-cache')
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/)
})

test('a file with a digest in its name is kept for a year', async () => {
  const response = await at('/assets/page-Ab12Cd34.js')
  assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.match(response.headers.get('cache-control') ?? '', /immutable/)
})

test('a file the browser has already is not sent again', async () => {
  const tag = (await at('/')).headers.get('etag') ?? ''
  const response = await at('/', { 'if-none-match': tag })
  assert.equal(response.status, 304)
  assert.equal(await response.text(), '')
})

test('a file is sent in the smallest form the browser takes, and is the same in each', async () => {
  const tags = new Set<string | null>()
  for (const [accepted, coding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ] as const) {
    const response = await at('/assets/large-Ab12Cd34.js', { 'accept-encoding': accepted })
    assert.equal(response.headers.get('content-encoding'), coding, accepted)
    assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8')
    assert.equal(response.headers.get('vary'), 'accept-encoding')
    assert.match(response.headers.get('cache-control') ?? '', /immutable/)
    assert.equal(await response.text(), 'export const large = 1', accepted)
    tags.add(response.headers.get('etag'))
  }
  assert.equal(tags.size, 3)
  assert.equal((await at('/assets/large-Ab12Cd34.js.br')).status, 404)
})

test('nothing outside the folder and no hidden file can be asked for', async () => {
  for (const path of [
    '/.digest',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/../.digest',
    '/assets',
  ]) {
    assert.equal((await at(path)).status, 404, path)
  }
})

test('a folder without a page says how to build it', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'sallyport-static-'))
  assert.throws(() => staticRoutes(empty), /not built.*npm start/)
  await rm(empty, { recursive: true })
})
