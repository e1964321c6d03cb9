import { Refusal } from '#/core/refusal.ts'
import type { Provider } from '../api.ts'
import { credentialHeader } from '../credential-header.ts'

/** The version a client that names none is taken to speak: the one every client before October 2026 spoke. */
const defaultVersion = '2023-06-01'

/**
 * A header is a way out too: only what looks like a version, or like names of betas, may take it. A beta is named by
 * words, small numbers and the day it began: `context-1m-2025-08-07`, `claude-code-20250219`.
 */
const versionShape = /^20\d\d-[01]\d-[0-3]\d$/
const betaShape = /^[a-z]{1,20}(?:-(?:[a-z]{1,20}|\d{1,3}[a-z]?)){0,7}-20[2-4]\d(-?)[01]\d\1[0-3]\d$/
const mostBetas = 30

/** Digits in the names of betas of today: at most three. More could be pieces of somebody's number. */
const mostDigits = 4

const isBeta = (name: string): boolean =>
  betaShape.test(name) && name.replace(/-20[\d-]+$/, '').replace(/\D/g, '').length <= mostDigits

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
  if (names.length > mostBetas || !names.every(isBeta)) {
    const problem = `it takes at most ${mostBetas} names of betas with their day, such as context-1m-2025-08-07, separated by commas`
    throw new Refusal('header-invalid', { header: 'anthropic-beta', problem })
  }
  return { 'anthropic-beta': names.join(',') }
}

/** Anthropic's API. The base URL ends before `/v1`. What a client asks for by version and beta passes as it is. */
export const anthropic: Provider = {
  kind: 'anthropic',
  speaks: 'anthropic-messages',
  passes: ['anthropic-version', 'anthropic-beta'],
  request: ({ json }, { credential }, { 'anthropic-version': version, 'anthropic-beta': beta }) => ({
    path: '/v1/messages',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': readVersion(version),
      ...readBetas(beta),
      ...credentialHeader('x-api-key', credential),
    },
    body: json,
  }),
  probe: ({ credential }) => ({
    path: '/v1/models',
    headers: {
      accept: 'application/json',
      'anthropic-version': defaultVersion,
      ...credentialHeader('x-api-key', credential),
    },
  }),
}
