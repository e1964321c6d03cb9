/** A stretch of two texts: the same in both, or what stands in one where the other has something else. */
export type Stretch =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'changed'; readonly typed: string; readonly sent: string }

/** Above this many edits the middle of two texts is shown as one change: nobody reads a finer picture of that. */
const mostEdits = 400

/**
 * Where what was sent differs from what was typed, in words. Work is bounded by the number of words times
 * `mostEdits`. Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
 */
export function differences(typed: string, sent: string): readonly Stretch[] {
  if (typed === sent) return typed === '' ? [] : [{ kind: 'same', text: typed }]
  const one = wordsOf(typed)
  const other = wordsOf(sent)
  const head = commonHead(one, other)
  const tail = commonTail(one, other, head)
  const middle = editsBetween(one.slice(head, one.length - tail), other.slice(head, other.length - tail))
  return joinUp([
    { kind: 'same', text: one.slice(0, head).join('') },
    ...middle,
    { kind: 'same', text: one.slice(one.length - tail).join('') },
  ])
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? []

function commonHead(one: readonly string[], other: readonly string[]): number {
  let length = 0
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length++
  return length
}

function commonTail(one: readonly string[], other: readonly string[], head: number): number {
  let length = 0
  const longest = Math.min(one.length, other.length) - head
  while (length < longest && one[one.length - 1 - length] === other[other.length - 1 - length]) length++
  return length
}

/** The furthest point each diagonal reaches with a number of edits, remembered so that the way back can be read. */
function editsBetween(one: readonly string[], other: readonly string[]): Stretch[] {
  const reached: number[][] = []
  const limit = Math.min(one.length + other.length, mostEdits)
  let frontier: number[] = []
  for (let edits = 0; edits <= limit; edits++) {
    const next: number[] = []
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const x = furthest(frontier, edits, diagonal, one, other)
      next[diagonal + edits] = x
      if (x >= one.length && x - diagonal >= other.length) return wayBack([...reached, next], one, other)
    }
    reached.push(next)
    frontier = next
  }
  return [{ kind: 'changed', typed: one.join(''), sent: other.join('') }]
}

/** `frontier` is the row of `edits - 1`; diagonal d stands at index d + edits of a row. */
function furthest(
  frontier: readonly number[],
  edits: number,
  diagonal: number,
  one: readonly string[],
  other: readonly string[],
): number {
  let x = edits === 0 ? 0 : start(frontier, edits, diagonal).x
  while (x < one.length && x - diagonal < other.length && one[x] === other[x - diagonal]) x++
  return x
}

function start(
  frontier: readonly number[],
  edits: number,
  diagonal: number,
): { x: number; isInsertion: boolean } {
  const fromBelow = frontier[diagonal + 1 + edits - 1] ?? -1
  const fromLeft = frontier[diagonal - 1 + edits - 1] ?? -2
  const isInsertion = diagonal === -edits || (diagonal !== edits && fromLeft < fromBelow)
  return isInsertion ? { x: fromBelow, isInsertion } : { x: fromLeft + 1, isInsertion }
}

function wayBack(reached: readonly number[][], one: readonly string[], other: readonly string[]): Stretch[] {
  const steps: Stretch[] = []
  let x = one.length
  let y = other.length
  for (let edits = reached.length - 1; edits > 0; edits--) {
    const { x: from, isInsertion } = start(reached[edits - 1] as number[], edits, x - y)
    const at = isInsertion ? from : from - 1
    const sameLength = x - from
    steps.push({ kind: 'same', text: one.slice(x - sameLength, x).join('') })
    if (isInsertion) steps.push({ kind: 'changed', typed: '', sent: other[y - sameLength - 1] ?? '' })
    else steps.push({ kind: 'changed', typed: one[at] ?? '', sent: '' })
    y = isInsertion ? y - sameLength - 1 : y - sameLength
    x = at
  }
  steps.push({ kind: 'same', text: one.slice(0, x).join('') })
  return steps.reverse()
}

/** Joins neighbours; changes with nothing but spaces and signs between them are one change to a reader. */
function joinUp(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = []
  for (const stretch of stretches) {
    const last = joined.at(-1)
    if (stretch.kind === 'same') {
      if (stretch.text === '') continue
      if (last?.kind === 'same') joined[joined.length - 1] = { kind: 'same', text: last.text + stretch.text }
      else joined.push(stretch)
      continue
    }
    const before = joined.at(-2)
    if (last?.kind === 'same' && before?.kind === 'changed' && !/[\p{L}\p{N}]/u.test(last.text)) {
      joined.splice(
        -2,
        2,
        together(together(before, { kind: 'changed', typed: last.text, sent: last.text }), stretch),
      )
    } else if (last?.kind === 'changed') joined[joined.length - 1] = together(last, stretch)
    else joined.push(stretch)
  }
  return joined.flatMap(withoutSharedSpace)
}

/** Joining may have taken in a space that stands on both sides; it is not part of what changed. */
function withoutSharedSpace(stretch: Stretch): Stretch[] {
  if (stretch.kind === 'same' || stretch.typed === '' || stretch.sent === '') return [stretch]
  const space = /\s+$/.exec(stretch.typed)?.[0] ?? ''
  if (space === '' || space.length === stretch.typed.length || !stretch.sent.endsWith(space)) return [stretch]
  const { typed, sent } = stretch
  return [
    { kind: 'changed', typed: typed.slice(0, -space.length), sent: sent.slice(0, -space.length) },
    { kind: 'same', text: space },
  ]
}

type Changed = Extract<Stretch, { kind: 'changed' }>

const together = (one: Changed, other: Changed): Changed => ({
  kind: 'changed',
  typed: one.typed + other.typed,
  sent: one.sent + other.sent,
})
