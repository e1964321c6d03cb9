import type { ChatSegment } from '#/chat/api.ts'
import type { Channel, JsonPath } from '#/core/segment.ts'

/** Channels whose texts a model reads one after another, also from one message to the next of the same role. */
const acrossMessages: ReadonlySet<Channel> = new Set(['user', 'system', 'assistant'])
/** Here only the parts of one result, or of one document, are one text. */
const withinList: ReadonlySet<Channel> = new Set(['tool-result', 'attachment'])

/**
 * Texts a receiver reads as one, as indexes of segments in order: parts of a message, blocks of instructions, messages of
 * one role that follow each other, parts of a tool result. Only groups of two and more. What stands between them without
 * being such a text, as a name or an id, does not part them.
 */
export function adjacentTexts(segments: readonly ChatSegment[]): readonly (readonly number[])[] {
  const groups: number[][] = []
  let group: number[] = []
  let before: ChatSegment | undefined
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] as ChatSegment
    if (!isProse(segment)) continue
    if (before === undefined || !followsOn(before, segment)) {
      if (group.length > 1) groups.push(group)
      group = []
    }
    group.push(index)
    before = segment
  }
  if (group.length > 1) groups.push(group)
  return groups
}

function isProse({ part, inner, isLed, isFixed, channel, path }: ChatSegment): boolean {
  if (part !== 'value' || inner !== undefined || isLed || isFixed) return false
  if (!acrossMessages.has(channel) && !withinList.has(channel)) return false
  const last = path[path.length - 1]
  return last === 'text' || last === 'content'
}

function followsOn(before: ChatSegment, { channel, path }: ChatSegment): boolean {
  if (before.channel !== channel) return false
  return acrossMessages.has(channel)
    ? path[0] === before.path[0] && Number(path[1]) - Number(before.path[1]) <= 1
    : isSameList(before.path, path)
}

/** `….3.text` and `….4.text` of one list. */
function isSameList(one: JsonPath, other: JsonPath): boolean {
  const lead = one.length - 2
  if (other.length !== one.length || typeof one[lead] !== 'number') return false
  for (let index = 0; index < lead; index++) if (one[index] !== other[index]) return false
  return true
}
