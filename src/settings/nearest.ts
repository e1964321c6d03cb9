/** Longer words are not typing mistakes of a name; comparing them would only cost time. */
const maxLength = 64

/**
 * The name somebody most likely meant: at most a third of its letters differ (two neighbours swapped count as
 * one difference), or it starts with what was written. Undefined when none comes near.
 */
export function nearest(written: string, names: readonly string[]): string | undefined {
  if (written.length === 0 || written.length > maxLength) return undefined
  const wanted = written.toLowerCase()
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const name of names) {
    const far = distance(wanted, name.toLowerCase().slice(0, maxLength))
    if (far < bestDistance && far <= Math.max(1, Math.floor(name.length / 3))) {
      best = name
      bestDistance = far
    }
  }
  return best ?? names.find((name) => wanted.length >= 3 && name.toLowerCase().startsWith(wanted))
}

/** " Did you mean X?", or nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const name = nearest(written, names)
  return name === undefined ? '' : ` Did you mean "${name}"?`
}

/** Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours. */
function distance(one: string, other: string): number {
  let twoBack: number[] = []
  let back = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      let least = Math.min(back[column]! + 1, current[column - 1]! + 1, back[column - 1]! + (isSame ? 0 : 1))
      const isSwap =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isSwap) least = Math.min(least, twoBack[column - 2]! + 1)
      current.push(least)
    }
    twoBack = back
    back = current
  }
  return back[other.length]!
}
