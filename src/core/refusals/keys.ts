import type { Refusals } from './entry.ts'
import { list, remedy } from './words.ts'

/** Keys and tools. */
export const keyRefusals = {
  'key-missing': {
    status: 401,
    sentence: () => 'The request carries no key.',
    remedies: () => [
      remedy('send-key', 'Send your Sallyport key as "Authorization: Bearer KEY" or as "x-api-key: KEY".'),
    ],
  },
  'key-unknown': {
    status: 401,
    sentence: () => 'This key is not one of ours.',
    remedies: () => [remedy('create-key', 'Create a key with: bin/sallyport key create --person EMAIL')],
  },
  'key-expired': {
    status: 401,
    sentence: (facts) => `This key ended on ${list(facts['endedOn'])}.`,
    remedies: () => [remedy('create-key', 'Create a new key with: bin/sallyport key create --person EMAIL')],
  },
  'key-revoked': {
    status: 401,
    sentence: (facts) => `This key was revoked on ${list(facts['revokedOn'])}.`,
    remedies: () => [
      remedy('create-key', 'Ask for a new key, and remove the old one from wherever it is used.'),
    ],
  },
  'device-ended': {
    status: 401,
    sentence: () => 'This access token has ended, or the tool it was given to is signed out.',
    remedies: () => [
      remedy('refresh-token', 'Refresh it at /oauth/token; "bin/sallyport token" does that by itself.'),
      remedy('sign-in-again', 'Sign in again: "bin/sallyport login", or /login in Claude Code.'),
    ],
  },
  'key-elsewhere': {
    status: 403,
    sentence: () => 'This key is bound to networks (networks), and this address is in none of them.',
    remedies: () => [
      remedy(
        'use-network',
        'Use the key from one of its networks; "My keys" (#keys) and "key list" show them.',
      ),
      remedy('create-key', 'Ask for a key that is bound to the network you are in.'),
    ],
  },
  'too-many-wrong-keys': {
    status: 429,
    sentence: () => 'Too many keys that do not work came from your address within a minute.',
    remedies: () => [
      remedy(
        'check-key',
        'Check which key your program sends, and wait a minute. A key that works is taken meanwhile.',
      ),
    ],
  },
  'key-wider': {
    status: 403,
    sentence: (facts) =>
      `A key made with another one is never wider, and this would be in: ${list(facts['bound'])}.`,
    remedies: () => [
      remedy('ask-less', 'Leave it out to have what the parent has, or ask for less.'),
      remedy('create-key', 'Make a key that is not below another one.'),
    ],
  },
  'key-over': {
    status: 409,
    sentence: () =>
      'This key has ended, was replaced already, or lives for minutes only: nothing takes its place.',
    remedies: () => [remedy('create-key', 'Make a new key.')],
  },
} as const satisfies Refusals
