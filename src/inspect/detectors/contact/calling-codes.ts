/**
 * Digits a subscriber may have after a country's calling code. Codes of three digits that are not listed with a
 * length have 6 to 11. Source: ITU-T E.164 (assigned codes) and the national numbering plans it points to.
 */
const byCode: ReadonlyMap<string, readonly [number, number]> = new Map(
  `1:10-10 7:10-10 20:8-10 27:9-9 30:10-10 31:9-9 32:8-9 33:9-9 34:9-9 36:8-9 39:6-11 40:9-9 41:9-9 43:7-13
  44:9-10 45:8-8 46:7-10 47:8-8 48:9-9 49:6-12 51:8-9 52:10-10 53:8-8 54:10-11 55:10-11 56:9-9 57:8-10 58:10-10
  60:8-10 61:9-9 62:8-12 63:8-10 64:8-10 65:8-8 66:8-9 81:9-10 82:8-10 84:9-10 86:10-11 90:10-10 91:10-10 92:9-10
  93:9-9 94:9-9 95:7-10 98:10-10`
    .split(/\s+/)
    .map((entry) => {
      const [code = '', lengths = ''] = entry.split(':')
      const [least = '', most = ''] = lengths.split('-')
      return [code, [Number(least), Number(most)]]
    }),
)

const ofThreeDigits: readonly (readonly [number, number])[] = [
  [211, 213],
  [216, 216],
  [218, 218],
  [220, 269],
  [290, 291],
  [297, 299],
  [350, 359],
  [370, 378],
  [380, 383],
  [385, 387],
  [389, 389],
  [420, 421],
  [423, 423],
  [500, 509],
  [590, 599],
  [670, 692],
  [850, 856],
  [880, 880],
  [886, 886],
  [960, 968],
  [970, 977],
  [992, 998],
]

/** True when digits that follow `+` or `00` are a calling code and as many digits as its numbers have. */
export function isInternationalNumber(digits: string): boolean {
  for (const length of [1, 2]) {
    const lengths = byCode.get(digits.slice(0, length))
    // A trunk zero is often written after the code: `+44 (0) 20 7946 0958`.
    const subscriber = length === 1 ? digits.slice(1) : digits.slice(length).replace(/^0/, '')
    if (lengths !== undefined) return subscriber.length >= lengths[0] && subscriber.length <= lengths[1]
  }
  const code = Number(digits.slice(0, 3))
  const isAssigned = ofThreeDigits.some(([from, to]) => code >= from && code <= to)
  return isAssigned && digits.length >= 9 && digits.length <= 14
}
