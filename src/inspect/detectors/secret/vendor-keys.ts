/**
 * Keys that vendors mark with letters of their own. One row of the tables in `vendors/` is one kind; what comes before
 * and after is checked for more of the same token.
 */
import { isAfterAlphanumeric } from '../../boundary.ts'
import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { leastDifferent, mayBecomeKey, unitsOfEnd } from './variety.ts'
import { aiKeys } from './vendors/ai.ts'
import { cloudKeys } from './vendors/cloud.ts'
import { developmentKeys } from './vendors/development.ts'
import { messagingKeys } from './vendors/messaging.ts'
import { observabilityKeys } from './vendors/observability.ts'
import { paymentKeys } from './vendors/payment.ts'
import type { VendorRow } from './vendors/row.ts'
import { softwareKeys } from './vendors/software.ts'

const rows: readonly VendorRow[] = [
  ...aiKeys,
  ...cloudKeys,
  ...developmentKeys,
  ...messagingKeys,
  ...paymentKeys,
  ...observabilityKeys,
  ...softwareKeys,
]

export const vendorKeys: readonly Detector[] = rows.map(vendorKey)

/** The detector of a row. */
export function vendorKey({ type, label, literals, pattern, lead, examples }: VendorRow): Detector {
  const shape = new RegExp(pattern, 'y')
  const leadShape = lead === undefined ? undefined : new RegExp(`(?<=(${lead}))`, 'y')
  return {
    type,
    family: 'secret',
    class: 'restricted',
    label,
    trigger: { literals, isWordStart: lead === undefined },
    examine: (text, start) => {
      if (leadShape === undefined) return findKey(text, start, start, shape, label)
      leadShape.lastIndex = start
      const before = leadShape.exec(text)?.[1]
      return before === undefined ? nothing : findKey(text, start - before.length, start, shape, label)
    },
    proof: 'prefix, length and alphabet',
    finds: examples.flatMap(([mark, rest]) => [`key=«${mark}${rest}»`, `"«${mark}${rest}»", next`]),
    ignores: examples.flatMap(([mark, rest]) => [
      `x${mark}${rest}`.replace('x.', 'x,'),
      lead === undefined ? `${mark}${rest.slice(0, 8)}` : rest,
      `${mark}${rest}`.replace(/[A-Za-z0-9]/g, 'x'),
    ]),
    source: `the vendor's description of its keys; pattern /${lead ?? ''}${pattern}/`,
  }
}

/** The mark stands at `at`, the key begins at `start`, before it where the row has a lead. */
function findKey(text: string, start: number, at: number, shape: RegExp, label: string): readonly Match[] {
  if (isAlphanumeric(text.charCodeAt(start)) && isAfterAlphanumeric(text, start)) return nothing
  if (start === at && !mayBecomeKey(text, start)) return nothing
  shape.lastIndex = at
  if (!shape.test(text)) return nothing
  const end = endWithoutPunctuation(text, start, shape.lastIndex)
  if (isAlphanumeric(text.charCodeAt(end)) || isFiller(text.slice(start, end))) return nothing
  return [{ start, end, score: 1, isProved: true, why: `prefix, length and alphabet of a key: ${label}` }]
}

/** A full stop or a dash after a key is the sentence's. */
function endWithoutPunctuation(text: string, start: number, end: number): number {
  let last = end
  while (last > start && (text[last - 1] === '.' || text[last - 1] === '-')) last--
  return last
}

/** Few different characters at the end, or words: `ghp_xxxxxxxx` and `xoxe-YourTokenHere` in a manual. */
const isFiller = (key: string): boolean =>
  new Set(key.slice(-unitsOfEnd)).size < leastDifferent || /[A-Za-z](?:HERE|Here)$/.test(key.slice(-5))
