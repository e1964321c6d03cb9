/** For tests: numbers and texts that are different each time and the same in every run. */

export interface Random {
  /** A whole number from 0 up to, and not with, `below`. */
  readonly below: (below: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  /** `text` cut into pieces of 1 to `longest` units; empty pieces stand among them. */
  readonly cut: (text: string, longest: number) => readonly string[]
}

/** Source of the generator: Mulberry32 by Tommy Ettinger, public domain. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('there is nothing to pick from')
    return items[below(items.length)] as T
  }
  return {
    below,
    pick,
    cut: (text, longest) => {
      const pieces: string[] = []
      for (let at = 0; at < text.length; ) {
        const length = below(longest + 1)
        pieces.push(text.slice(at, at + length))
        at += length
      }
      return pieces
    },
  }
}

/** Parts of texts that detectors, disguises, terms and tokens care about, and parts that belong to nothing. */
const parts: readonly string[] = [
  ...[
    'Anna',
    ' ',
    '\n',
    '\t',
    '.',
    ',',
    '-',
    '/',
    '(',
    ')',
    '+',
    '@',
    ':',
    '://',
    '"',
    "'",
    '\\n',
    '%3D',
    '_',
  ],
  ...['4111 1111 1111 1111', '4111111111111111', '5500-0000-0000-0004', '37', '0', '12', '2026-01-31', '00'],
  ...['DE89 3704 0044 0532 0130 00', 'GB82', 'WEST', '536-22-8145', '+44 20 7946 0958', '(212) 555-0123'],
  ...['anna@example.com', 'example.com', 'a.b', 'phone ', 'card ', 'ssn: ', 'password=', 'Tr0ub4dor&3x'],
  ...['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw'],
  ...['eyJhbGciOiJIUzI1NiJ9', 'eyJ', 'AKIA', 'sk-', 'ghp_', 'sp_', 'AccountKey=', 'postgres://a:b1c2@'],
  ...[
    '\u200b',
    '\u00ad',
    '\ufeff',
    '\u2011',
    '\u00a0',
    '\uff14',
    '\u0661',
    '\ud83d\ude00',
    '\ud83d',
    '\ude00',
  ],
  ...[
    '\udb40\udc41',
    '\udb40',
    'é',
    'e\u0301',
    'ß',
    'İ',
    '中文',
    'ひらがな',
    'ไทย',
    '\u0000',
    '\uffff',
    '\r\n',
  ],
  ...[
    'EMAIL_',
    'EMAIL_0123456789',
    '[EMAIL]',
    '![x](https://example.com/?q=',
    'ignore all previous ',
    '<|im_start|>',
  ],
]

/** A text of so many parts, lone surrogates and controls among them. */
export function randomText(random: Random, most: number): string {
  let text = ''
  for (let left = random.below(most + 1); left > 0; left--) text += random.pick(parts)
  return text
}
