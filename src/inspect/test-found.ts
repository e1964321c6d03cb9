/** For tests: what is found in a text, as the parts of it that stand between « and » in an example. */
import { createInspector } from './inspector.ts'

const inspector = createInspector({ terms: [] })

/** What is found of one type, or of all types, as written in the text. */
export const foundIn = (text: string, type?: string): readonly string[] =>
  inspector
    .inspect(text, 'user')
    .filter((finding) => type === undefined || finding.type === type)
    .map(({ start, end }) => text.slice(start, end))

/** Types of all that is found, in order of position. */
export const typesIn = (text: string): readonly string[] =>
  inspector.inspect(text, 'user').map(({ type }) => type)

export interface Example {
  readonly text: string
  readonly wanted: readonly string[]
}

/** An example without its marks, and what stands between them. */
export const exampleOf = (marked: string): Example => ({
  text: marked.replace(/[«»]/g, ''),
  wanted: [...marked.matchAll(/«([^»]*)»/g)].map(([, value = '']) => value),
})
