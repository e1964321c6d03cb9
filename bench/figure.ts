/** One measured figure, as `--json` prints it: one per line. `goal` is undefined for figures that only inform. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal: string | undefined
  readonly met: boolean | undefined
}

/** A figure that must not be below, or not above, a goal. */
export const atLeast = (name: string, value: number, unit: string, goal: number): Figure => ({
  name,
  value: rounded(value),
  unit,
  goal: `>= ${goal}`,
  met: value >= goal,
})

export const atMost = (name: string, value: number, unit: string, goal: number): Figure => ({
  name,
  value: rounded(value),
  unit,
  goal: `<= ${goal}`,
  met: value <= goal,
})

export const told = (name: string, value: number, unit: string): Figure => ({
  name,
  value: rounded(value),
  unit,
  goal: undefined,
  met: undefined,
})

/** Four significant digits: more would be noise. */
const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(4)) : value)

/** The value below which a share of the sorted samples lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  )
