import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A directory as a test plays it. */
export interface TestDirectory {
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Said>
}

export interface Said {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test says by its assertions what the answer holds
  readonly json: any
}

export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** Sends as a directory does: its token and its content type; every answer is looked at for its envelope. */
export function openDirectory(url: string, token: string, more: Record<string, string> = {}): TestDirectory {
  return {
    send: async (method, path, body, headers = {}) => {
      const response = await fetch(`${url}/scim/v2${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/scim+json; charset=utf-8',
          accept: 'application/scim+json',
          ...more,
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (text !== '') assert.match(response.headers.get('content-type') ?? '', /^application\/scim\+json/)
      return {
        status: response.status,
        headers: response.headers,
        json: text === '' ? undefined : JSON.parse(text),
      }
    },
  }
}

/** Files with tokens for settings to name; made anew, so that none stands in the code. */
export async function makeTokens<Name extends string>(names: readonly Name[]) {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-tokens-'))
  const tokens = {} as Record<Name, string>
  for (const name of names) {
    tokens[name] = randomBytes(32).toString('hex')
    await writeFile(join(folder, name), `${tokens[name]}\n`)
  }
  return {
    tokens,
    reference: (name: Name): string => `file:${join(folder, name)}`,
    remove: () => rm(folder, { recursive: true }),
  }
}
