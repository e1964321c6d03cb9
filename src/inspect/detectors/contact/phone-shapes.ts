/**
 * Shapes in which numbers are written without a zero or a code before them, and where. Digits of other things have
 * them too, so that a list of the numbers a region has given out must agree.
 */

/** True when digits, as written, are a number that one of these regions (ISO 3166-1) has given out. */
export type PhoneValidator = (written: string, regions: readonly string[]) => boolean

/** Source: national formats of libphonenumber 9. Shapes of equal groups are left out: they group thousands. */
const regionsByShape: ReadonlyMap<string, readonly string[]> = new Map([
  ['3-2-2-2', ['ES']],
  ['2-3-2-2', ['PL']],
  ['3-2-3', ['NO']],
  ['1-3-3-2-2', ['RU', 'KZ']],
  ['3-3-2-2', ['RU', 'TR']],
  ['2-4-4', ['MX', 'BR', 'AR']],
  ['2-5-4', ['BR']],
  ['3-4-4', ['CN']],
  ['1-4-4', ['CL']],
])

export const shapesOfRegions: readonly string[] = [...regionsByShape.keys()]

/** Regions whose numbers are written in these groups; empty for all other shapes. */
export const regionsOf = (shape: string): readonly string[] => regionsByShape.get(shape) ?? []
