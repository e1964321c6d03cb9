import { Refusal } from '#/core/refusal.ts'
import type { Provider } from '../api.ts'

/** The version a client that names none is taken to speak: the one every client before October 2026 spoke. */
const defaultVersion = '2023-06-01'

/** A header is a way out too: only what looks like a version, or like names of betas, may take it. */
const versionShape = /^20\d\d-[01]\d-[0-3]\d$/
const betaShape = /^[a-z][a-z0-9-]{0,63}$/
const mostBetas = 30

function readVersion(version: string | undefined): string {
  if (version === undefined) return defaultVersion
  if (versionShape.test(version)) return version
  throw new Refusal('header-invalid', {
    header: 'anthropic-version',
    problem: 'it takes a day, like 2023-06-01',
  })
}

function readBetas(betas: string | undefined): Readonly<Record<string, string>> {
  if (betas === undefined) return {}
  const names = betas.split(',').map((name) => name.trim())
  if (names.length > mostBetas || !names.every((name) => betaShape.test(name))) {
    const problem = `it takes at most ${mostBetas} names of betas, separated by commas`
    throw new Refusal('header-invalid', { header: 'anthropic-beta', problem })
  }
  return { 'anthropic-beta': names.join(',') }
}

/** Anthropic's API. The base URL ends before `/v1`. What a client asks for by version and beta passes as it is. */
export const anthropic: Provider = {
  kind: 'anthropic',
  speaks: 'anthropic-messages',
  passes: ['anthropic-version', 'anthropic-beta'],
  request: (body, { credential }, { 'anthropic-version': version, 'anthropic-beta': beta }) => ({
    path: '/v1/messages',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': readVersion(version),
      ...readBetas(beta),
      ...(credential === undefined ? {} : { 'x-api-key': credential }),
    },
    body: JSON.stringify(body),
  }),
}
