/**
 * A transit engine for tests: versions, the two minimums, trimming, and its refusals word for word.
 * Source: builtin/logical/transit (path_encrypt.go, path_decrypt.go, path_config.go, path_trim.go) and
 * sdk/helper/keysutil/policy.go of OpenBao 2.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

interface TransitKey {
  readonly versions: Map<number, Buffer>
  latest: number
  minDecryption: number
  minEncryption: number
  minAvailable: number
}

type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>]

export interface TestVault {
  readonly url: string
  /** `POST transit/encrypt/sallyport`, in the order they came. */
  readonly calls: string[]
  readonly keys: Map<string, TransitKey>
  token: string
  /** Answers instead of the engine while set. */
  fault: Reply | ((path: string) => Reply | undefined) | undefined
  delayMs: number
  readonly stop: () => Promise<void>
}

const wrong = (message: string, status = 400): Reply => [status, { errors: [message] }]

export async function startTestVault(tls?: {
  readonly key: string
  readonly cert: string
}): Promise<TestVault> {
  const listener: RequestListener = (request, response) => {
    void answer(request).then(([status, body, headers = {}]) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
    })
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const vault: TestVault = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    calls: [],
    keys: new Map(),
    token: 'hvs.of-the-test',
    fault: undefined,
    delayMs: 0,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const path = (request.url ?? '').replace(/^\/v1\//, '')
    vault.calls.push(`${request.method} ${path}`)
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    if (vault.delayMs > 0) await pause(vault.delayMs)
    const fault = typeof vault.fault === 'function' ? vault.fault(path) : vault.fault
    if (fault !== undefined) return fault
    if (request.headers['x-vault-token'] !== vault.token) return wrong('permission denied', 403)
    const text = Buffer.concat(pieces).toString()
    return route(vault.keys, request.method ?? '', path, text === '' ? {} : (JSON.parse(text) as Input))
  }
  return vault
}

type Input = Readonly<Record<string, string | number>>

function route(keys: TestVault['keys'], method: string, path: string, input: Input): Reply {
  const [mount, verb = '', name = '', action] = path.split('/')
  if (mount !== 'transit') return wrong(`no handler for route "${path}". route entry not found.`, 404)
  if (verb === 'encrypt') {
    // Transit makes a key that is not there at the first encryption.
    if (!keys.has(name)) keys.set(name, newKey())
    return encrypt(keys.get(name) as TransitKey, String(input['plaintext']))
  }
  const key = keys.get(name)
  if (key === undefined) {
    if (verb === 'keys' && method === 'GET') return [404, { errors: [] }]
    return wrong(noKey(name)[action ?? ''] ?? 'encryption key not found')
  }
  if (verb === 'decrypt') return decrypt(key, String(input['ciphertext']))
  if (verb === 'keys' && action === 'rotate') {
    key.latest++
    key.versions.set(key.latest, randomBytes(32))
    return describe(key, name)
  }
  if (verb === 'keys' && action === 'config') return configure(key, name, input)
  if (verb === 'keys' && action === 'trim') return trim(key, name, Number(input['min_available_version']))
  return verb === 'keys' && method === 'GET' ? describe(key, name) : wrong('unsupported operation', 405)
}

/** Each path has words of its own for a key that is not there. */
const noKey = (name: string): Readonly<Record<string, string>> => ({
  rotate: 'key not found',
  config: `no existing key named ${name} could be found`,
  trim: 'invalid key name',
})

const newKey = (): TransitKey => ({
  versions: new Map([[1, randomBytes(32)]]),
  latest: 1,
  minDecryption: 1,
  minEncryption: 0,
  minAvailable: 0,
})

const describe = (key: TransitKey, name: string): Reply => [
  200,
  {
    data: {
      name,
      type: 'aes256-gcm96',
      latest_version: key.latest,
      min_decryption_version: key.minDecryption,
      min_encryption_version: key.minEncryption,
      min_available_version: key.minAvailable,
    },
  },
]

function encrypt(key: TransitKey, plaintext: string): Reply {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.versions.get(key.latest) as Buffer, nonce)
  const bytes = Buffer.concat([
    nonce,
    cipher.update(plaintext, 'base64'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  const ciphertext = `vault:v${key.latest}:${bytes.toString('base64')}`
  return [200, { data: { ciphertext, key_version: key.latest } }]
}

function decrypt(key: TransitKey, ciphertext: string): Reply {
  const parts = /^vault:v(\d+):(.+)$/.exec(ciphertext)
  if (parts === null) return wrong('invalid ciphertext: no prefix')
  const version = Number(parts[1])
  if (version > key.latest) return wrong('invalid ciphertext: version is too new')
  if (version < key.minDecryption)
    return wrong('ciphertext or signature version is disallowed by policy (too old)')
  const bytes = Buffer.from(parts[2] ?? '', 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key.versions.get(version) as Buffer, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  const plaintext = decipher.update(bytes.subarray(12, -16))
  try {
    decipher.final()
  } catch {
    return wrong('cipher: message authentication failed')
  }
  return [200, { data: { plaintext: plaintext.toString('base64') } }]
}

function configure(key: TransitKey, name: string, input: Input): Reply {
  const minDecryption = Number(input['min_decryption_version'] ?? key.minDecryption)
  const minEncryption = Number(input['min_encryption_version'] ?? key.minEncryption)
  if (minDecryption > key.latest)
    return wrong(`cannot set min decryption version of ${minDecryption}, latest key version is ${key.latest}`)
  if (minDecryption < key.minAvailable)
    return wrong('min decryption version should not be less then min available version')
  if (minEncryption !== 0 && minEncryption < minDecryption)
    return wrong(
      `cannot set min encryption/decryption values; min encryption version of ${minEncryption} must be greater than or equal to min decryption version of ${minDecryption}`,
    )
  if (minEncryption > key.latest)
    return wrong(`cannot set min encryption version of ${minEncryption}, latest key version is ${key.latest}`)
  key.minDecryption = minDecryption
  key.minEncryption = minEncryption
  return describe(key, name)
}

function trim(key: TransitKey, name: string, least: number): Reply {
  if (least < key.minAvailable) return wrong('minimum available version cannot be decremented')
  if (key.minEncryption === 0)
    return wrong('minimum available version cannot be set when minimum encryption version is not set')
  if (least > key.minEncryption)
    return wrong('minimum available version cannot be greater than minmum encryption version')
  if (least > key.minDecryption)
    return wrong('minimum available version cannot be greater than minimum decryption version')
  key.minAvailable = least
  for (const version of key.versions.keys()) if (version < least) key.versions.delete(version)
  return describe(key, name)
}
