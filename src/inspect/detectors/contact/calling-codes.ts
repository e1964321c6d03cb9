/**
 * Digits a subscriber may have after a country's calling code. Codes of three digits that are not listed with a
 * length have 6 to 11. Source: ITU-T E.164 (assigned codes) and the national numbering plans it points to.
 */
const byCode: ReadonlyMap<string, readonly [number, number]> = new Map(
  `6-11:39 6-12:49 7-10:46,95 7-13:43 8-8:45,47,53,65 8-9:32,36,51,66 8-10:20,57,60,63,64,82 8-12:62
  9-9:27,31,33,34,40,41,48,56,61,93,94 9-10:44,81,84,92 10-10:1,7,30,52,58,90,91,98 10-11:54,55,86`
    .split(/\s+/)
    .flatMap((entry) => {
      const [least = 0, most = 0, ...codes] = entry.split(/\D/)
      return codes.map((code) => [code, [Number(least), Number(most)]] as const)
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
