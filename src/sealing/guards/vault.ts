/**
 * The transit engine of HashiCorp Vault and of OpenBao, which speak the same here. The key-encryption key is made by
 * us and encrypted by Vault; Vault's own key never leaves it. A rotation takes a new version of Vault's key and
 * then trims the old ones: `min_decryption_version` alone could be set back.
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/transit, https://openbao.org/api-docs/secret/transit.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { callService } from '#/core/http/call-service.ts'
import type { VaultSettings } from '#/settings/api.ts'
import type { KeyGuard } from './api.ts'

const errors = z.object({ errors: z.array(z.string()) })
const encrypted = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v[1-9]\d*:/) }) })
const decrypted = z.object({ data: z.object({ plaintext: z.string() }) })
const described = z.object({
  data: z.object({ latest_version: z.int(), min_available_version: z.int().optional() }),
})

export function vaultGuard(settings: VaultSettings, token: () => string): KeyGuard {
  const { url, mount, key, namespace, caFile, limitMs } = settings
  // Read once: a start without it would fail at every call.
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8')

  const ask = async <T>(path: string, body: object | undefined, schema: z.ZodType<T>): Promise<T> => {
    const { status, json } = await callService({
      url: new URL(`${url.replace(/\/$/, '')}/v1/${mount}/${path}`),
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-vault-token': token(),
        // An agent in front of it may insist on this header: a page in a browser cannot send it.
        'x-vault-request': 'true',
        ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      limitMs,
      ...(ca === undefined ? {} : { ca }),
    }).catch((cause: Error) => {
      throw new Error(
        `the key service of keys.vault: ${cause.message}; start it, or correct keys.vault.url`,
        {
          cause,
        },
      )
    })
    if (status < 200 || status > 299) throw refused(status, json, `${mount}/${path}`)
    const read = schema.safeParse(json ?? {})
    if (!read.success)
      throw new Error(`keys.vault: the answer to ${mount}/${path} is not one of a transit engine`)
    return read.data
  }

  return {
    name: 'vault',
    isRemote: true,
    seal: async (kek) => {
      const { data } = await ask(`encrypt/${key}`, { plaintext: kek.toString('base64') }, encrypted)
      return { sealed: data.ciphertext, holder: versionOf(data.ciphertext) }
    },
    open: async ({ sealed }) => {
      const { data } = await ask(`decrypt/${key}`, { ciphertext: sealed }, decrypted)
      return { bytes: Buffer.from(data.plaintext, 'base64'), isStale: false }
    },
    isBehind: async ({ holder }) => {
      const { data } = await ask(`keys/${key}`, undefined, described)
      return Number(holder) < data.latest_version
    },
    advance: async () => void (await ask(`keys/${key}/rotate`, {}, z.unknown())),
    destroy: async (_, current) => {
      // Whatever is older than what seals now: of this key nobody else may make use.
      const { data } = await ask(`keys/${key}`, undefined, described)
      const least = current === '' ? data.latest_version : Number(current)
      if ((data.min_available_version ?? 0) < least) {
        await ask(
          `keys/${key}/config`,
          { min_decryption_version: least, min_encryption_version: least },
          z.unknown(),
        )
        await ask(`keys/${key}/trim`, { min_available_version: least }, z.unknown())
      }
      return `versions of ${mount}/${key} below ${least} are trimmed`
    },
  }
}

/** `vault:v3:...` */
const versionOf = (ciphertext: string): string => ciphertext.split(':', 2)[1]?.slice(1) ?? ''

/** What may be done about it, by the status. Vault's own words are of our requests, and hold no secret. */
function refused(status: number, json: unknown, path: string): Error {
  const read = errors.safeParse(json)
  const said = read.success && read.data.errors.length > 0 ? ` (${read.data.errors.join('; ').trim()})` : ''
  const remedies: Readonly<Record<number, string>> = {
    403: 'its token is wrong, has ended, or may not do this: see docs/operate/keys.md for the policy it needs',
    404: 'there is no such engine or key: correct keys.vault.mount and keys.vault.key',
    503: 'it is sealed or in maintenance: unseal it',
  }
  const remedy =
    status >= 300 && status < 400
      ? 'it points elsewhere: name that address in keys.vault.url'
      : remedies[status]
  return new Error(
    `the key service of keys.vault refused ${path} with ${status}${said}${remedy === undefined ? '' : `; ${remedy}`}`,
  )
}
