/**
 * Text somebody else wrote, made safe to show in a terminal or a log: control characters (C0, DEL, C1), line and
 * paragraph separators, marks that turn the direction of writing, invisible characters and half surrogates are
 * spelled out as `\u{…}`. What is shown is what is there.
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu

export const printable = (text: string): string =>
  text.replace(unprintable, (character) =>
    character === '\n' ? '\\n' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )

/** JSON text that holds no unprintable character either, and still means the same. */
export const printableJson = (value: unknown): string => printableText(JSON.stringify(value))

/** As `printableJson`, of a text that is JSON already. */
export const printableText = (json: string): string =>
  json.replace(unprintable, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  )

const escapeUnit = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`
