import { isDigit } from './characters.ts'

/** Digits without anything between them. */
export interface Group {
  readonly start: number
  readonly end: number
}

/** The groups of digits between two positions. */
export function groupsOf(text: string, start: number, end: number): readonly Group[] {
  const groups: Group[] = []
  let index = start
  while (index < end) {
    if (!isDigit(text.charCodeAt(index))) {
      index++
      continue
    }
    const first = index
    while (index < end && isDigit(text.charCodeAt(index))) index++
    groups.push({ start: first, end: index })
  }
  return groups
}

/** Lengths of groups from `first` up to and with `last`: '4-4-4-4'. */
export function shapeOf(groups: readonly Group[], first: number, last: number): string {
  let shape = ''
  for (let at = first; at <= last && at < groups.length; at++) {
    const { start, end } = groups[at] as Group
    shape += at === first ? end - start : `-${end - start}`
  }
  return shape
}

/** What stands between a group and the next; empty after the last. */
export function separatorAfter(text: string, groups: readonly Group[], index: number): string {
  const group = groups[index]
  const next = groups[index + 1]
  return group === undefined || next === undefined ? '' : text.slice(group.end, next.start)
}
