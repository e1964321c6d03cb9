/** Who issued a card, by its first digits. Source: the networks' published ranges, as of 2026. */
export interface CardNetwork {
  readonly name: string
  /** First digits, from and up to and with; both of the same length. */
  readonly ranges: readonly (readonly [number, number])[]
  readonly lengths: readonly number[]
  /** Lengths that need no word about cards beside them. */
  readonly usualLengths: readonly number[]
}

const from16to19 = [16, 17, 18, 19]

const networks: readonly CardNetwork[] = [
  { name: 'Visa', ranges: [[4, 4]], lengths: [13, 16, 19], usualLengths: [16] },
  {
    name: 'Mastercard',
    ranges: [
      [51, 55],
      [2221, 2720],
    ],
    lengths: [16],
    usualLengths: [16],
  },
  {
    name: 'American Express',
    ranges: [
      [34, 34],
      [37, 37],
    ],
    lengths: [15],
    usualLengths: [15],
  },
  {
    name: 'Diners Club',
    ranges: [
      [300, 305],
      [3095, 3095],
      [36, 36],
      [38, 39],
    ],
    lengths: [14, ...from16to19],
    usualLengths: [14, 16],
  },
  { name: 'JCB', ranges: [[3528, 3589]], lengths: from16to19, usualLengths: [16] },
  {
    name: 'JCB',
    ranges: [
      [1800, 1800],
      [2131, 2131],
    ],
    lengths: [15],
    usualLengths: [],
  },
  {
    name: 'Discover',
    ranges: [
      [6011, 6011],
      [644, 659],
    ],
    lengths: from16to19,
    usualLengths: [16],
  },
  { name: 'UnionPay', ranges: [[62, 62]], lengths: from16to19, usualLengths: [16, 19] },
  {
    name: 'RuPay',
    ranges: [
      [60, 60],
      [81, 82],
      [508, 508],
    ],
    lengths: [16],
    usualLengths: [16],
  },
  { name: 'Mir', ranges: [[2200, 2204]], lengths: from16to19, usualLengths: [16] },
  { name: 'Troy', ranges: [[9792, 9792]], lengths: [16], usualLengths: [16] },
  {
    name: 'Maestro',
    ranges: [
      [50, 50],
      [56, 58],
      [61, 61],
      [63, 64],
      [66, 69],
    ],
    lengths: [12, 13, 14, 15, ...from16to19],
    usualLengths: [16],
  },
]

/** Rows by the first two digits, so that most numbers are dismissed by one look-up. */
const byFirstTwo = fillByFirstTwo()

function fillByFirstTwo(): ReadonlyMap<string, readonly CardNetwork[]> {
  const rows = new Map<string, CardNetwork[]>()
  for (const network of networks) {
    for (let two = 10; two <= 99; two++) {
      const mayHold = network.ranges.some(([low, high]) => {
        const digits = String(low).length
        const scale = 10 ** Math.max(0, digits - 2)
        const first = digits === 1 ? Math.floor(two / 10) : two
        return first >= Math.floor(low / scale) && first <= Math.floor(high / scale)
      })
      if (mayHold) rows.set(String(two), [...(rows.get(String(two)) ?? []), network])
    }
  }
  return rows
}

const rowsOf = (digits: string): readonly CardNetwork[] => byFirstTwo.get(digits.slice(0, 2)) ?? []

/** The network whose range and lengths fit, or undefined. */
export function networkOf(digits: string): CardNetwork | undefined {
  return rowsOf(digits).find(
    ({ ranges, lengths }) =>
      lengths.includes(digits.length) &&
      ranges.some(([low, high]) => {
        const first = Number(digits.slice(0, String(low).length))
        return first >= low && first <= high
      }),
  )
}
