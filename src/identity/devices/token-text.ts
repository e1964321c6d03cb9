import { randomId } from '#/core/id.ts'
import { checksumOf } from '../keys/key-text.ts'

/** What a signed-in tool holds. Built as a key is: a prefix, 170 random bits, a checksum that spares a look-up. */
const prefixes = { access: 'spd_', refresh: 'spr_' } as const

export type TokenKind = keyof typeof prefixes

const randomLength = 34

/** An access or a refresh token: 44 characters. It exists nowhere but in the answer it is given with. */
export function newToken(kind: TokenKind): string {
  const body = `${prefixes[kind]}${randomId(randomLength)}`
  return `${body}${checksumOf(body)}`
}

const shapes = { access: /^spd_[a-z2-9]{40}$/, refresh: /^spr_[a-z2-9]{40}$/ } as const

/** The kind by the prefix alone: it decides who is asked about a token. */
export const looksLikeAccessToken = (text: string): boolean => text.startsWith(prefixes.access)

export const isToken = (text: string, kind: TokenKind): boolean =>
  shapes[kind].test(text) && text.slice(-6) === checksumOf(text.slice(0, -6))
