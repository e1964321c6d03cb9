import type { Candidate } from './overlaps.ts'

/** What stands as a finding of a type from one position to another. */
export const candidate = (type: string, start: number, end: number): Candidate => ({
  start,
  end,
  score: 0.8,
  why: 'a reason',
  class: 'internal',
  kind: { type, family: 'other', class: 'internal', label: type },
})

/** Types with the parts of a text that are findings of them. */
export type Marks = readonly (readonly [type: string, part: string])[]

/** A candidate for each part, where it stands first. */
export const candidatesIn = (text: string, marks: Marks): readonly Candidate[] =>
  marks.map(([type, part]) => {
    const start = text.indexOf(part)
    if (start < 0) throw new Error(`the text holds no ${part}`)
    return candidate(type, start, start + part.length)
  })

/** Candidates as they can be compared: their types and what stands there. */
export const shownIn = (text: string, candidates: readonly Candidate[]): readonly string[] =>
  candidates.map(({ kind, start, end }) => `${kind.type}: ${text.slice(start, end)}`)
