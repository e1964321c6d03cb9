import type { ChatSegment } from './api.ts'
import type { TextEdit } from './patch.ts'

/** For tests: the value of a segment, without the name it is read with. */
export const valueIn = ({ text, isLed }: ChatSegment): string =>
  isLed ? text.slice(text.indexOf('": "') + 4, -1) : text

/** For tests: an edit that changes the whole value, as a rule does that masks all of it. */
export const changeTo = (segment: ChatSegment, value: string): TextEdit => ({
  segment,
  text: segment.isLed ? `${segment.text.slice(0, segment.text.indexOf('": "') + 4)}${value}"` : value,
})
