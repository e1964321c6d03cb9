/**
 * Rows of weights by their hashes. A bit for each value of the lower bits of a hash says whether there may be such a row,
 * and how many bits are set before it which one: finding a row takes two looks into memory, which is what it costs, and
 * most of those that are not there take one.
 */

export interface RowTable {
  /** Adds the weights of each hash that is known to the sums from `offset` on, one for each tag. 64 hashes at most. */
  readonly addAll: (hashes: Int32Array, sums: Int32Array, offset: number) => void
}

/** Bits of a hash that are told apart at once: of some hundred thousand rows few share theirs with another. */
const lowerBits = 21
const lower = 2 ** lowerBits - 1
const bitsOfWord = 32
const bitOf = (hash: number): number => hash & (bitsOfWord - 1)
const mostAtOnce = 64
/** Weights in one number, each as a byte that is never negative. */
const together = 4
const byteZero = 128

/** `weights`: for each hash one for each tag. Hashes are all different, and fewer than there are lower bits. */
export function createRowTable(hashes: Int32Array, weights: Int8Array, tags: number): RowTable {
  const { index, count } = indexOf(hashes)
  const stride = 1 + Math.ceil(tags / together)
  /**
   * Each row has the upper bits of its hash, below them the place of another one with the same lower bits or zero, and
   * behind both its weights, four in a number.
   */
  const table = new Int32Array(stride * hashes.length)
  const isTaken = new Uint8Array(count)
  let last = count
  for (const [row, hash] of hashes.entries()) {
    let place = placeIn(index, hash)
    let next = 0
    if (isTaken[place] === 1) {
      const first = table[place * stride] as number
      table[place * stride] = (first & ~lower) | last
      next = first & lower
      place = last++
    } else isTaken[place] = 1
    table[place * stride] = (hash & ~lower) | next
    for (let tag = 0; tag < tags; tag++) {
      const at = place * stride + 1 + Math.floor(tag / together)
      const byte = (weights[row * tags + tag] as number) + byteZero
      table[at] = (table[at] as number) | (byte << (8 * (tag % together)))
    }
  }
  const known = new Int32Array(mostAtOnce)
  const found = new Int32Array(mostAtOnce)
  return {
    addAll: (asked, sums, offset) => {
      // Without a branch: nobody can guess which hashes are known.
      let toFind = 0
      for (let at = 0; at < asked.length; at++) {
        const hash = asked[at] as number
        known[toFind] = hash
        toFind += ((index[wordOf(hash)] as number) >>> bitOf(hash)) & 1
      }
      // All are found before the first is added: then the processor waits for all of them together.
      let toAdd = 0
      for (let at = 0; at < toFind; at++) {
        const hash = known[at] as number
        let place = placeIn(index, hash)
        let head = table[place * stride] as number
        while ((head ^ hash) >>> lowerBits !== 0 && (head & lower) !== 0) {
          place = head & lower
          head = table[place * stride] as number
        }
        if ((head ^ hash) >>> lowerBits === 0) found[toAdd++] = place * stride + 1
      }
      const zero = toAdd * byteZero
      const addTo = (tag: number, sum: number): void => {
        if (tag < tags) sums[offset + tag] = (sums[offset + tag] as number) + sum - zero
      }
      for (let group = 0; group < stride - 1; group++) {
        // Two bytes of four in each, with room for the sum above them.
        let even = 0
        let odd = 0
        for (let at = 0; at < toAdd; at++) {
          const four = table[(found[at] as number) + group] as number
          even += four & 0x00ff00ff
          odd += (four >>> 8) & 0x00ff00ff
        }
        const first = group * together
        addTo(first, even & 0xffff)
        addTo(first + 1, odd & 0xffff)
        addTo(first + 2, even >>> 16)
        addTo(first + 3, odd >>> 16)
      }
    },
  }
}

/** For each 32 values of the lower bits: a bit for each, and how many are set before them. */
function indexOf(hashes: Int32Array): { readonly index: Int32Array; readonly count: number } {
  const index = new Int32Array((2 * (lower + 1)) / bitsOfWord)
  for (const hash of hashes) {
    const word = wordOf(hash)
    index[word] = (index[word] as number) | (1 << bitOf(hash))
  }
  let count = 0
  for (let word = 0; word < index.length; word += 2) {
    index[word + 1] = count
    count += bitCount(index[word] as number)
  }
  return { index, count }
}

const wordOf = (hash: number): number => ((hash & lower) >>> 5) << 1

/** How many lower bits that are less stand in the index. */
function placeIn(index: Int32Array, hash: number): number {
  const word = wordOf(hash)
  const before = (1 << bitOf(hash)) - 1
  return (index[word + 1] as number) + bitCount((index[word] as number) & before)
}

/** How many of 32 bits are set. Source: H. S. Warren, "Hacker's Delight", 2nd edition, figure 5-2. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
