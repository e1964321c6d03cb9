/**
 * A stretch of a text that was read for nothing, so that the next question about it, which comes from a little further on, need not
 * read it again: where names stand close together each would be read dozens of times. One text is held, as the runtime
 * holds the last one an expression was asked of.
 */
export interface Passed {
  text: string
  start: number
  end: number
}

export function nothingPassed(): Passed {
  return { text: '', start: 0, end: 0 }
}

/** Where to read on from a place: behind the stretch, if the place is in it. */
export const passedUntil = (passed: Passed, text: string, start: number): number =>
  start >= passed.start && start < passed.end && text === passed.text ? passed.end : start

export function notePassed(passed: Passed, text: string, start: number, end: number): void {
  passed.text = text
  passed.start = start
  passed.end = end
}
