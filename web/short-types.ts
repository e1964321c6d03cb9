import type { Plugin } from 'vite'
import { kinds } from '../src/inspect/kinds.ts'
import { calleeOf, collectEdits, type Edit, edited, isNode, type Node } from './edit-code.ts'

/** Two characters for each name of a kind, in the order of the names: which of two finds stays may hang on it. */
const codes: ReadonlyMap<string, string> = new Map(
  kinds
    .map(({ type }) => type)
    .sort()
    .map((type, place) => [type, place.toString(36).padStart(2, '0')]),
)

const rowFunctions = ['keyRow', 'row']

/**
 * Names of kinds in two characters, for the worker alone: what it says of a draft names kinds by their labels. A name
 * that is no member `type` and in no row of the tables of keys stays as it is, and so does what is compared with it.
 */
export const shortTypes = (): Plugin => ({
  name: 'short-types',
  transform: {
    filter: { id: /\/src\/inspect\// },
    handler(code) {
      return edited(code, collectEdits(this.parse(code), editsOf))
    },
  },
})

function editsOf(node: Node): readonly Edit[] {
  const named =
    node.type === 'Property' && isNode(node.key) && node.key.name === 'type' ? node.value : undefined
  const first =
    rowFunctions.includes(calleeOf(node)) && Array.isArray(node.arguments) ? node.arguments[0] : named
  if (!isNode(first) || first.type !== 'Literal') return []
  const short = codes.get(String(first.value))
  return short === undefined ? [] : [{ start: first.start, end: first.end, text: `'${short}'` }]
}
