import type { Plugin } from 'vite'
import {
  argumentsFrom,
  calleeOf,
  collectEdits,
  type Edit,
  edited,
  functionOf,
  isNode,
  type Node,
} from './edit-code.ts'

/** What is said for tests, documentation and the gate's answers: of a draft only its kinds are shown. */
const unseen: ReadonlySet<string> = new Set([
  'finds',
  'ignores',
  'examples',
  'example',
  'source',
  'proof',
  'why',
])

/** Parameters for the same: who is called with one last is called without a text. */
const reasons: ReadonlySet<string> = new Set(['proof', 'why'])

/** Rows of the tables of keys are calls: their examples come after four other arguments. */
const rowFunctions = ['keyRow', 'row']
const argumentsBefore = 4

/**
 * Leaves the examples of detectors, their sources, proofs and reasons out of a bundle: a quarter of what the browser
 * would load to look at a draft. What an error would say goes too: none is thrown but for a mistake in a detector,
 * which tests find. Everything of `src/inspect` but these texts stays as it is; `test/draft-worker.test.ts` holds that
 * what is bundled finds the same. It runs after Vite's own step from TypeScript to JavaScript.
 */
export const leaveOutExamples = (): Plugin => ({
  name: 'leave-out-examples',
  transform: {
    filter: { id: /\/src\/inspect\/|\/stand-ins\// },
    handler(code) {
      const tree = this.parse(code)
      const placeOf = placesOfReasons(tree)
      return edited(
        code,
        collectEdits(tree, (node) => editsOf(node, code, placeOf)),
      )
    },
  },
})

function editsOf(node: Node, code: string, placeOf: ReadonlyMap<string, number>): readonly Edit[] {
  if (node.type === 'Property') return memberEdits(node, code)
  if (node.type === 'NewExpression' && isNode(node.callee) && node.callee.name === 'Error')
    return argumentEdits(node, 0, '')
  const callee = calleeOf(node)
  if (rowFunctions.includes(callee)) return argumentEdits(node, argumentsBefore, '""')
  const place = placeOf.get(callee)
  return place === undefined ? [] : argumentEdits(node, place, '""')
}

/** A member goes with the comma behind it; one before it may stay. */
function memberEdits({ key, start, end }: Node, code: string): readonly Edit[] {
  if (!isNode(key) || !unseen.has(String(key.name))) return []
  return [{ start, end: end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0), text: '' }]
}

/** All arguments from a place on. They are texts, lists of texts and patterns: nothing to look for. */
function argumentEdits(call: Node, first: number, text: string): readonly Edit[] {
  const span = argumentsFrom(call, first)
  return span === undefined ? [] : [{ ...span, text }]
}

/** Functions of a file whose last parameter is a reason, and its place. */
function placesOfReasons(tree: unknown): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  collectEdits(tree, (node) => {
    const { name, parameters } = functionOf(node)
    const last = parameters.at(-1)
    if (isNode(last) && reasons.has(String(last.name))) places.set(name, parameters.length - 1)
    return []
  })
  return places
}
