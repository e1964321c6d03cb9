/**
 * Where weaker findings meet stronger ones. A tagger guesses from how words look, a rule knows a form: names take the
 * room that rules leave, and what is public takes the room that is left then. What of a weaker finding lies inside a
 * stronger one is that one; the rest stays. An address is one place: a tagged address and the street or postcode it
 * touches, or is only a number away from, are one finding, so that a mask leaves no house number standing between two
 * parts.
 */
import type { Candidate } from './overlaps.ts'

/**
 * `found` and `weaker` each in order of position and not overlapping; the result is so as well. Linear in their number.
 */
export function fitInto(
  text: string,
  found: readonly Candidate[],
  weaker: readonly Candidate[],
): readonly Candidate[] {
  if (weaker.length === 0) return found
  // With nothing to fit into, only addresses may still be joined.
  if (found.length === 0 && !weaker.some(isTaggedAddress)) return weaker
  const pieces: Candidate[] = []
  let first = 0
  for (const each of weaker) {
    const isPlace = isTaggedAddress(each)
    let { start, end } = isPlace ? withNumber(text, each) : each
    start = Math.max(start, pieces.at(-1)?.end ?? 0)
    while ((found[first]?.end ?? start + 1) <= start) first++
    for (let index = first; ; index++) {
      const other = found[index]
      if (other === undefined || other.start >= end) break
      if (isPlace && isAddressRule(other)) continue
      addPiece(text, each, start, other.start, pieces)
      start = other.end
    }
    addPiece(text, each, start, end, pieces)
  }
  return joinAddresses(
    text,
    [...found, ...pieces].sort((one, other) => one.start - other.start || one.end - other.end),
  )
}

/** What is left of a finding between stronger ones, without the signs at its ends; a stretch without a letter is none. */
function addPiece(text: string, whole: Candidate, from: number, to: number, pieces: Candidate[]): void {
  if (from >= to) return
  if (from === whole.start && to === whole.end) {
    pieces.push(whole)
    return
  }
  let [start, end] = [from, to]
  if (start > whole.start) while (start < end && isSign.test(text.charAt(start))) start++
  if (end < whole.end) while (end > start && isSign.test(text.charAt(end - 1))) end--
  if (/\p{L}/u.test(text.slice(start, end))) pieces.push({ ...whole, start, end })
}

const isSign = /[\s,;:|()/-]/

const isTaggedAddress = ({ kind }: Candidate): boolean => kind.type === 'postal-address'
const isAddressRule = ({ kind }: Candidate): boolean =>
  kind.type === 'street-address' || kind.type === 'postcode'

/** A number right behind a tagged address is its house or its postcode; before it, when it holds no other. */
function withNumber(text: string, { start, end }: Candidate): { start: number; end: number } {
  const after = /\p{L}$/u.test(text.slice(start, end)) ? numberAfter.exec(text.slice(end, end + 8)) : null
  if (after !== null) return { start, end: end + after[0].length }
  if (/\d/.test(text.slice(start, end))) return { start, end }
  const before = numberBefore.exec(text.slice(Math.max(0, start - 9), start))
  return { start: start - (before?.[1]?.length ?? 0), end }
}

const numberAfter = /^ \d{1,5}[a-zA-Z]?(?![\p{L}\d%:/-]|[.,]\d)/u
const numberBefore = /(?:^|[\s,>:])(\d{1,5}[a-zA-Z]?,? )$/

/** Between two parts of one address: a comma or a stop, and a number. */
const gap = /^[ ,.]{0,2}(?:\d{1,5}[a-zA-Z]?[ ,.]{0,2})?$/
const longestGap = 10

function joinAddresses(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const joined: Candidate[] = []
  for (const candidate of candidates) {
    const last = joined.at(-1)
    if (last !== undefined && isSamePlace(text, last, candidate))
      joined[joined.length - 1] = unionOf(last, candidate)
    else joined.push(candidate)
  }
  return joined
}

function isSamePlace(text: string, one: Candidate, other: Candidate): boolean {
  if (isTaggedAddress(other) ? !(isTaggedAddress(one) || isAddressRule(one)) : !isAddressRule(other))
    return false
  if (other.start < one.end) return true
  if (!isTaggedAddress(one) && !isTaggedAddress(other)) return false
  return other.start - one.end <= longestGap && gap.test(text.slice(one.end, other.start))
}

/** A rule's street names the whole; a postcode is a part of it. */
function unionOf(one: Candidate, other: Candidate): Candidate {
  const whole =
    [one, other].find(({ kind }) => kind.type === 'street-address') ?? (isTaggedAddress(one) ? one : other)
  return { ...whole, start: one.start, end: Math.max(one.end, other.end) }
}
