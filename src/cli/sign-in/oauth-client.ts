import { z } from 'zod'
import { ControlError } from '#/core/control-socket.ts'
import { readProductVersion } from '#/core/product.ts'
import { problemOfOrigin } from '#/settings/address.ts'

/** What a signed-in tool holds; times in milliseconds since 1970. */
export interface Tokens {
  readonly accessToken: string
  readonly accessEndsAt: number
  readonly refreshToken: string
}

/** How long one answer may take; none of them does any work. */
const limitMs = 15_000
/** None of them is longer than a policy of 64 KiB. */
const answerMaxBytes = 200_000

const defaultUrl = 'http://127.0.0.1:8787'

/** The address of a Sallyport, checked: tokens go over https, or to this machine. Throws `ControlError`. */
export function readUrl(given: string | undefined): string {
  const url = given ?? defaultUrl
  const problem = problemOfOrigin(url)
  if (problem !== undefined) throw new ControlError('url-wrong', `the address of Sallyport ${problem}`)
  return new URL(url).origin
}

export interface Answer {
  readonly status: number
  readonly json: unknown
}

/** One request; a redirect is not followed, because a token must not go anywhere else. Throws `ControlError`. */
export async function ask(
  url: string,
  path: string,
  init: { readonly form?: Readonly<Record<string, string>>; readonly accessToken?: string } = {},
): Promise<Answer> {
  const { form, accessToken } = init
  try {
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
      headers: {
        'user-agent': `sallyport/${readProductVersion()}`,
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    const text = await response.text()
    if (text.length > answerMaxBytes) throw new Error('its answer is too long')
    return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : undefined }
  } catch (error) {
    const { cause, message } = error as Error
    const why = cause instanceof Error ? cause.message : message
    throw new ControlError('not-running', `Sallyport at ${url} does not answer: ${why}`, { cause: error })
  }
}

const metadataSchema = z.object({
  device_authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  sallyport_paths: z.array(z.string()).optional(),
})

/** Paths at which this Sallyport serves exchanges. Throws `ControlError` when it is none. */
export async function readPaths(url: string): Promise<readonly string[]> {
  const { status, json } = await ask(url, '/.well-known/oauth-authorization-server')
  const read = metadataSchema.safeParse(json)
  if (status === 200 && read.success) return read.data.sallyport_paths ?? []
  throw new ControlError('sign-in-not-offered', descriptionOf(json) ?? `there is no Sallyport at ${url}`)
}

const startSchema = z.object({
  device_code: z.string().max(500),
  user_code: z.string().max(20),
  verification_uri: z.url().max(500),
  verification_uri_complete: z.url().max(500),
  expires_in: z.number().min(1).max(3_600),
  interval: z.number().min(1).max(60).default(5),
})

export type Start = z.infer<typeof startSchema>

export async function startSignIn(url: string, machine: string): Promise<Start> {
  const { json } = await ask(url, '/oauth/device_authorization', {
    form: { surface: 'sallyport', device_name: machine },
  })
  return readAnswer(startSchema, json)
}

const tokenSchema = z.object({
  access_token: z.string().max(500),
  expires_in: z.number().min(0),
  refresh_token: z.string().max(500),
  email: z.string().max(300).optional(),
})

/** Tokens, or the error of RFC 8628, section 3.5. */
export async function pollSignIn(
  url: string,
  deviceCode: string,
  now: number,
): Promise<(Tokens & { readonly email: string | undefined }) | string> {
  const { json } = await ask(url, '/oauth/token', {
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode },
  })
  const error = errorOf(json)
  if (error !== undefined) return error
  return readTokens(json, now)
}

/** Undefined when the sign-in has ended. */
export async function refreshTokens(
  url: string,
  refreshToken: string,
  now: number,
): Promise<Tokens | undefined> {
  const { json } = await ask(url, '/oauth/token', {
    form: { grant_type: 'refresh_token', refresh_token: refreshToken },
  })
  if (errorOf(json) === 'invalid_grant') return undefined
  // A refresh says nothing of whose it is.
  const { email: _, ...tokens } = readTokens(json, now)
  return tokens
}

export async function revokeToken(url: string, token: string): Promise<void> {
  const { status, json } = await ask(url, '/oauth/revoke', { form: { token } })
  if (status !== 200) throw new ControlError('not-revoked', descriptionOf(json) ?? `status ${status}`)
}

function readTokens(json: unknown, now: number): Tokens & { readonly email: string | undefined } {
  const { access_token, expires_in, refresh_token, email } = readAnswer(tokenSchema, json)
  return {
    accessToken: access_token,
    accessEndsAt: now + expires_in * 1_000,
    refreshToken: refresh_token,
    email,
  }
}

function readAnswer<T>(schema: z.ZodType<T>, json: unknown): T {
  const read = schema.safeParse(json)
  if (read.success) return read.data
  throw new ControlError('answer-unreadable', descriptionOf(json) ?? 'the answer of Sallyport cannot be read')
}

const problemSchema = z.object({
  error: z.string().max(100),
  error_description: z.string().max(500).optional(),
})

const errorOf = (json: unknown): string | undefined => problemSchema.safeParse(json).data?.error
const descriptionOf = (json: unknown): string | undefined =>
  problemSchema.safeParse(json).data?.error_description
