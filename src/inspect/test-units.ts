/** Texts of units that are kept in different ways in memory: of one byte, of two, with halves of pairs. */
export const textsOfUnits: readonly string[] = [
  '',
  'Plain.\n',
  'café',
  'ł and 日本',
  '\ufeffmark',
  '\u{1f513}'.repeat(3),
  'a\ud83d b\udd13 \ufffd',
]
