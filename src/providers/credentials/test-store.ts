/**
 * A key-value engine, version 2, for tests: versions, deletion, policies by token, and its refusals word for word.
 * Source: path_data.go of hashicorp/vault-plugin-secrets-kv.
 */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>]

export interface TestStore {
  readonly url: string
  /** By `MOUNT/PATH`; null for one whose newest version is deleted. */
  readonly secrets: Map<string, Readonly<Record<string, unknown>> | null>
  /** `GET secret/data/providers/west`, in the order they came. */
  readonly calls: string[]
  token: string
  namespace: string | undefined
  /** Answers instead of the engine while set. */
  fault: Reply | undefined
  readonly stop: () => Promise<void>
}

export async function startTestStore(tls?: {
  readonly key: string
  readonly cert: string
}): Promise<TestStore> {
  const listener: RequestListener = (request, response) => {
    const [status, body, headers = {}] = answer(request)
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const store: TestStore = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    secrets: new Map(),
    calls: [],
    token: 'hvs.of-the-test',
    namespace: undefined,
    fault: undefined,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }

  function answer({ method, url = '', headers }: IncomingMessage): Reply {
    const path = url.replace(/^\/v1\//, '')
    store.calls.push(`${method} ${path}`)
    if (store.fault !== undefined) return store.fault
    const isKnown =
      headers['x-vault-token'] === store.token && headers['x-vault-namespace'] === store.namespace
    if (!isKnown) return [403, { errors: ['permission denied'] }]
    const data = store.secrets.get(path.replace('/data/', '/'))
    const metadata = {
      version: 1,
      deletion_time: data === null ? '2026-11-25T00:00:00Z' : '',
      destroyed: false,
    }
    if (data === undefined) return [404, { errors: [] }]
    return data === null ? [404, { data: { data: null, metadata } }] : [200, { data: { data, metadata } }]
  }
  return store
}
