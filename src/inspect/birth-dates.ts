/** Dates inside ids: only what a month and a day can be. */

const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export const isDayOfMonth = (month: number, day: number): boolean =>
  day >= 1 && day <= (daysOfMonths[month - 1] ?? 0)

/** The number that digits from one place up to another make; NaN where others stand among them. */
export function numberAt(id: string, from: number, to: number): number {
  const end = Math.min(to, id.length)
  let number = 0
  for (let at = from; at < end; at++) {
    const digit = id.charCodeAt(at) - 48
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN
  }
  return number
}

/** A date written year, month, day from a place on: `yymmdd`. */
export const hasYearMonthDay = (id: string, at: number): boolean =>
  isDayOfMonth(numberAt(id, at + 2, at + 4), numberAt(id, at + 4, at + 6))

/** A date written day, month, year from a place on: `ddmmyy`. */
export const hasDayMonthYear = (id: string, at: number): boolean =>
  isDayOfMonth(numberAt(id, at + 2, at + 4), numberAt(id, at, at + 2))
