/** Ways in which an attempt is written so that a plain search misses it. Pure; each keeps what a model can still read. */
export type Disguise = (text: string) => string

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text)]
const each = (text: string, change: (character: string) => string): string => [...text].map(change).join('')
/** The character `distance` places on, for those from `first` to `last`. */
const moved = (first: string, last: string, distance: number) => (character: string) =>
  character >= first && character <= last
    ? String.fromCodePoint((character.codePointAt(0) as number) + distance)
    : character
const replaced = (table: Readonly<Record<string, string>>) => (character: string) =>
  table[character] ?? character

export const disguises: Readonly<Record<string, Disguise>> = {
  Base64: (text) => Buffer.from(text).toString('base64'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  'binary digits': (text) =>
    bytesOf(text)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join(' '),
  'percent-encoding': (text) =>
    bytesOf(text)
      .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
      .join(''),
  entities: (text) => each(text, (character) => `&#${character.codePointAt(0)};`),
  rot13: (text) =>
    text.replace(/[a-z]/gi, (letter) => {
      const first = letter <= 'Z' ? 65 : 97
      return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first)
    }),
  'mirror writing': (text) => [...text].reverse().join(''),
  'digits for letters': (text) => each(text, replaced({ a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' })),
  'letters set apart': (text) => [...text].join(' '),
  'dots between letters': (text) =>
    text
      .split(' ')
      .map((word) => [...word].join('.'))
      .join(' '),
  'zero-width characters': (text) => [...text].join('\u200b'),
  'full-width forms': (text) => each(text, moved('!', '~', 0xfee0)),
  'mathematical letters': (text) => each(each(text, moved('a', 'z', 0x1d3b9)), moved('A', 'Z', 0x1d3bf)),
  'Cyrillic look-alikes': (text) =>
    each(text, replaced({ a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', y: 'у' })),
  'tag characters': (text) => each(text, moved(' ', '~', 0xe0000)),
}
