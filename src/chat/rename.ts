import type { JsonObject } from '#/core/json.ts'

/**
 * Gives members of an object other names, each in its place (names that are whole numbers always come first in an
 * object, as the language has it). Two names may be masked alike, or like one that was there before: all of them stay,
 * numbered. Linear in the number of members.
 */
export function renameMembers(holder: JsonObject, names: ReadonlyMap<string, string>): void {
  const members = Object.entries(holder)
  const taken = new Set<string>()
  for (const [key] of members) if (!names.has(key)) taken.add(key)
  for (const [key] of members) delete holder[key]
  const counts = new Map<string, number>()
  for (const [key, value] of members) {
    const name = names.get(key)
    holder[name === undefined ? key : freeName(name, taken, counts)] = value
  }
}

function freeName(name: string, taken: Set<string>, counts: Map<string, number>): string {
  let count = counts.get(name) ?? 1
  let free = count === 1 ? name : `${name} ${count}`
  while (taken.has(free)) {
    count++
    free = `${name} ${count}`
  }
  counts.set(name, count + 1)
  taken.add(free)
  return free
}
