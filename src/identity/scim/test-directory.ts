import { hash } from 'node:crypto'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import { type FuzzRequest, fuzzRequest, seeded } from './test-fuzz.ts'

/** Long enough to be taken, and nobody's secret. */
export const testToken = ['t', 'o', 'k', 'e', 'n'].join('').repeat(8)

/** The room with one directory, and a way to send as it. */
export interface TestRoom extends TestServer {
  readonly send: (request: Partial<FuzzRequest> & { readonly path: string }) => Promise<Sent>
}

export interface Sent {
  readonly status: number
  readonly bytes: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test says by its assertions what the answer holds
  readonly json: any
}

export async function openTestRoom(
  subjectFrom: 'externalId' | 'userName' | 'none' = 'none',
  folder?: string,
  id = 'okta',
): Promise<TestRoom> {
  const own = folder ?? (await newFolder())
  const server = await startTestServer(own, {
    identity: {
      owners: ['chief@example.com'],
      accounts: [
        { email: 'chief@example.com', name: 'Cleo Chief' },
        { email: 'emil@example.com', name: 'Emil' },
      ],
      scim: [{ id, provider: undefined, token: 'env:X', formerToken: undefined, subjectFrom }],
    },
    scimTokens: new Map([[id, { token: testToken, formerToken: undefined }]]),
  })
  return {
    ...server,
    close: async () => {
      await server.close()
      if (folder === undefined) await removeFolder(own)
    },
    send: async ({ method = 'GET', path, body, headers = {} }) => {
      // What is sent a second is bounded; the clock of a test goes faster.
      server.clock.forward(25)
      const response = await fetch(`${server.url}/scim/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${testToken}`, ...headers },
        ...(body === undefined ? {} : { body }),
      })
      const text = await response.text()
      return {
        status: response.status,
        bytes: text.length,
        headers: response.headers,
        json: text === '' ? undefined : JSON.parse(text),
      }
    },
  }
}

export interface FuzzReport {
  readonly statuses: ReadonlyMap<number, number>
  readonly problems: readonly string[]
}

/** An answer to a directory of a dozen people is never larger: /Schemas is the largest there is. */
const answerMaxBytes = 64 * 1_024

/**
 * Sends `count` requests of a seed. A problem is a 5xx that is not a pause, a change although an error was answered, or
 * an answer that is too large or has no envelope.
 */
export async function fuzz(room: TestRoom, seed: number, count: number): Promise<FuzzReport> {
  const random = seeded(seed)
  const statuses = new Map<number, number>()
  const problems: string[] = []
  const look = async () => {
    const users = await room.send({ path: '/Users?count=500' })
    const groups = await room.send({ path: '/Groups?count=500' })
    const all = [users.json.Resources, groups.json.Resources, room.identity.accounts.list({ limit: 500 })]
    const ids = [...users.json.Resources, ...groups.json.Resources].map(({ id }: { id: string }) => id)
    return { ids, digest: hash('sha256', JSON.stringify(all)) }
  }
  let before = await look()
  for (let turn = 0; turn < count; turn++) {
    const request = fuzzRequest(random, before.ids)
    const sent = await room.send(request)
    statuses.set(sent.status, (statuses.get(sent.status) ?? 0) + 1)
    const say = (problem: string): void => {
      problems.push(
        `seed ${seed}, turn ${turn}: ${problem}: ${sent.status} ${JSON.stringify(request).slice(0, 1_000)}`,
      )
    }
    const isPause = sent.status === 503 && sent.headers.get('retry-after') !== null
    if (sent.status >= 500 && sent.status !== 501 && !isPause) say('a defect')
    if (isPause) await room.identity.scim.resume({ client: 'okta', hours: 1, by: 'test' })
    if (sent.bytes > answerMaxBytes) say(`an answer of ${sent.bytes} bytes`)
    if (sent.status >= 400 && sent.json?.status !== String(sent.status)) say('no envelope')
    if (request.method === 'GET') continue
    const after = await look()
    if (sent.status >= 400 && after.digest !== before.digest) say('a change')
    before = after
  }
  return { statuses, problems }
}
