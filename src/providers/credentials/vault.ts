/**
 * Secrets out of the key-value engine, version 2, of HashiCorp Vault and of OpenBao, which speak the same here.
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2, "Read secret version";
 * https://openbao.org/api-docs/secret/kv/kv-v2.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { callService } from '#/core/http/call-service.ts'
import type { SecretStoreSettings } from '#/settings/api.ts'
import { readVaultReference } from '#/settings/credentials.ts'

/** Reads the secret a reference `vault:PATH#FIELD` stands for. Rejects with what is wrong and what to do, never a value. */
export type ReadSecret = (reference: string) => Promise<string>

const found = z.object({ data: z.object({ data: z.record(z.string(), z.unknown()).nullable() }) })
const errors = z.object({ errors: z.array(z.string()) })

/** `token` is asked for at every call: whoever renews it in a file need not start again. */
export function openSecretStore(settings: SecretStoreSettings, token: () => string): ReadSecret {
  const { url, mount, namespace, caFile, limitMs } = settings
  // Read once: a start without it would fail at every call.
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8')
  return async (reference) => {
    const { path, field } = readVaultReference(reference)
    const { status, json } = await callService({
      url: new URL(`${url.replace(/\/$/, '')}/v1/${mount}/data/${path}`),
      method: 'GET',
      headers: {
        'x-vault-token': token(),
        // An agent in front of it may insist on this header: a page in a browser cannot send it.
        'x-vault-request': 'true',
        ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
      },
      limitMs,
      ...(ca === undefined ? {} : { ca }),
    }).catch((cause: Error) => {
      throw new Error(`vault: ${cause.message}; start it, or correct vault.url`, { cause })
    })
    if (status < 200 || status > 299) throw refused(status, json, `${mount}/${path}`)
    const value = found.safeParse(json).data?.data.data?.[field]
    if (typeof value !== 'string' || value === '') {
      throw new Error(`vault: ${mount}/${path} has no text in the field ${field}; put the secret there`)
    }
    // CR, LF or NUL would end the header it travels in, and anything beyond ASCII is read differently by each server.
    if (!/^[\x21-\x7e]{1,16384}$/.test(value)) {
      throw new Error(`vault: the field ${field} of ${mount}/${path} must be one bare secret in ASCII`)
    }
    return value
  }
}

/** What may be done about it, by the status. Vault's own words are of our requests, and hold no secret. */
function refused(status: number, json: unknown, path: string): Error {
  const said = errors.safeParse(json).data?.errors.join('; ').trim()
  const remedies: Readonly<Record<number, string>> = {
    403: `its token is wrong, has ended, or may not read ${path}: see docs/operate/network.md for the policy it needs`,
    404: 'there is no such secret, or its newest version is deleted: correct vault.mount or the reference',
    503: 'it is sealed or in maintenance: unseal it',
  }
  const remedy =
    status >= 300 && status < 400 ? 'it points elsewhere: name that address in vault.url' : remedies[status]
  return new Error(
    `vault refused ${path} with ${status}${said ? ` (${said})` : ''}${remedy === undefined ? '' : `; ${remedy}`}`,
  )
}
