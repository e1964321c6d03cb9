/** Ways to write a text so that a plain search does not find what stands in it. `index` varies what is chosen. */
export interface Encoder {
  readonly name: string
  readonly encode: (text: string, index: number) => string
  /** Hides words, and leaves no value that could be used: it is told, not promised, whether values are found. */
  readonly isOfWords?: boolean
}

const each = (text: string, write: (character: string, at: number) => string): string =>
  Array.from(text, write).join('')

const bytes = (text: string): readonly number[] => [...Buffer.from(text, 'utf8')]

const shifted =
  (lower: number, upper: number, digit?: number) =>
  (character: string): string => {
    if (/[a-z]/.test(character)) return String.fromCodePoint(lower + character.charCodeAt(0) - 97)
    if (/[A-Z]/.test(character)) return String.fromCodePoint(upper + character.charCodeAt(0) - 65)
    if (/[0-9]/.test(character) && digit !== undefined)
      return String.fromCodePoint(digit + character.charCodeAt(0) - 48)
    return character
  }

const cyrillic: Readonly<Record<string, string>> = {
  ...{ a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у', A: 'А', B: 'В', E: 'Е' },
  ...{ H: 'Н', I: 'І', K: 'К', M: 'М', O: 'О', P: 'Р', C: 'С', T: 'Т', X: 'Х' },
}

const leet: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }

const rot13 = (letter: string): string => {
  const first = letter < 'a' ? 65 : 97
  return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first)
}

export const encoders: readonly Encoder[] = [
  {
    name: 'zero-width characters',
    encode: (text, index) => each(text, (unit, at) => ((at + index) % 2 === 0 ? `${unit}\u200b` : unit)),
  },
  { name: 'Cyrillic look-alikes', encode: (text) => each(text, (unit) => cyrillic[unit] ?? unit) },
  {
    name: 'full-width forms',
    encode: (text) => text.replace(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0)),
  },
  { name: 'mathematical letters', encode: (text) => each(text, shifted(0x1d41a, 0x1d400, 0x1d7ce)) },
  { name: 'circled letters', encode: (text) => each(text, shifted(0x24d0, 0x24b6)) },
  {
    name: 'stacked marks',
    encode: (text) => each(text, (unit) => (unit === ' ' ? unit : `${unit}\u0335\u0320`)),
  },
  {
    name: 'tag characters',
    encode: (text) =>
      `Hello!${each(text.replace(/[^ -~]/g, ' '), (unit) => String.fromCodePoint(0xe0000 + unit.charCodeAt(0)))}`,
  },
  {
    name: 'variation selectors',
    encode: (text) =>
      `😀${bytes(text)
        .map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16))
        .join('')}`,
  },
  { name: 'Base64', encode: (text) => Buffer.from(text).toString('base64') },
  {
    name: 'Base64 of Base64',
    encode: (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  },
  {
    name: 'Base64 in lines',
    encode: (text) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n'),
  },
  { name: 'Base64 for addresses', encode: (text) => Buffer.from(text).toString('base64url') },
  { name: 'hexadecimal', encode: (text) => Buffer.from(text).toString('hex') },
  {
    name: 'hexadecimal bytes',
    encode: (text) =>
      bytes(text)
        .map((byte) => `0x${byte.toString(16).padStart(2, '0')}`)
        .join(', '),
  },
  {
    name: 'binary digits',
    encode: (text) =>
      bytes(text)
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join(' '),
  },
  {
    name: 'percent-encoding',
    encode: (text) =>
      bytes(text)
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join(''),
  },
  { name: 'HTML entities', encode: (text) => each(text, (unit) => `&#${unit.codePointAt(0)};`) },
  {
    name: 'escapes',
    encode: (text) =>
      text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  },
  {
    name: 'quoted-printable',
    encode: (text) =>
      bytes(text)
        .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
  },
  { name: 'ROT13', encode: (text) => text.replace(/[A-Za-z]/g, rot13) },
  { name: 'mirror writing', encode: (text) => [...text].reverse().join('') },
  { name: 'spaced letters', encode: (text) => [...text].join(' ') },
  {
    name: 'dotted letters',
    encode: (text) =>
      text
        .split(' ')
        .map((word) => [...word].join('.'))
        .join(' '),
  },
  { name: 'leet', isOfWords: true, encode: (text) => each(text, (unit) => leet[unit.toLowerCase()] ?? unit) },
  {
    name: 'typos',
    isOfWords: true,
    // Two neighbours change places inside every third word of five letters or more.
    encode: (text, index) =>
      text.replace(/[A-Za-z]{5,}/g, (word, place: number) => {
        if ((place + index) % 3 > 0) return word
        const at = 1 + (index % (word.length - 3))
        return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
      }),
  },
]
