/** One row of the tables of vendors' keys, and values to put examples together from. */

/**
 * A kind of key with a mark of its own. A pattern bounds every repetition and begins with one of the literals, unless
 * `lead` says what stands before the literal. Formats are as the vendors document them or as their own secret
 * scanners match them, in 2026.
 */
export interface VendorRow {
  readonly type: string
  readonly label: string
  readonly literals: readonly string[]
  readonly pattern: string
  /** What stands right before the literal and belongs to the key. */
  readonly lead?: string
  /** Parts of an example, the mark first: put together here so that no line looks like a live key. */
  readonly examples: readonly (readonly [string, string])[]
}

/** `lead`s stand before the mark of the example. */
export const keyRow = (
  type: string,
  label: string,
  literals: readonly string[],
  pattern: string,
  ...examples: readonly (readonly [string, string])[]
): VendorRow => ({ type, label, literals, pattern, examples })

const cycle = (letters: string, length: number): string =>
  letters.repeat(Math.ceil(length / letters.length)).slice(0, length)

export const hex = (length: number): string => cycle('0a1b2c3d4e5f60718293a4b5c6d7e8f9', length)
export const lower = (length: number): string => cycle('k7q2m9xa3bcd4efg5hij6wtn7pqr8suz', length)
export const upper = (length: number): string => cycle('K7Q2M9XA3BCD4EFG5HIJ6WTN7PQR8SUZ', length)
export const mixed = (length: number): string =>
  cycle('aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4bC6dE8fG0hJ2kL4mN6pQ8rS0tU2v', length)
export const uuid = '0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9'
/** The pattern of a UUID. */
export const uuidShape = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
