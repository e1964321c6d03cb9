/** How many different units stand close together: keys hold many, prefixes of keys side by side do not. */

/** The end of a key, in units, and how many different ones it holds at least. */
export const unitsOfEnd = 20
export const leastDifferent = 7
/** Longer than any key with a prefix. */
export const longestKey = 4_096

/**
 * Of the text last read the stretch in which no `unitsOfEnd` hold `leastDifferent`. The units of ASCII at its end, one less
 * than `unitsOfEnd`, are counted.
 */
const dull = { text: '', start: 0, end: 0, different: 0, counts: new Uint8Array(128) }

/** False where nothing that begins at a position can end as a key does. Reads each unit once. */
export function mayBecomeKey(text: string, start: number): boolean {
  if (text !== dull.text || start < dull.start || start > dull.end) {
    dull.start = start
    dull.end = start
    dull.different = 0
    dull.counts.fill(0)
  }
  // Also when it reads the same: the next time it is the same, which is seen at once.
  dull.text = text
  const last = Math.min(text.length, start + longestKey)
  while (dull.end < last) {
    const code = text.charCodeAt(dull.end)
    if (code > 127 || (dull.counts[code] === 0 && dull.different === leastDifferent - 1)) return true
    count(code, 1)
    const first = dull.end + 1 - unitsOfEnd
    dull.end++
    if (first >= dull.start) count(text.charCodeAt(first), -1)
  }
  return false
}

function count(code: number, change: 1 | -1): void {
  const counted = (dull.counts[code] as number) + change
  dull.counts[code] = counted
  if (counted === (change === 1 ? 1 : 0)) dull.different += change
}
