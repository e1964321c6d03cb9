import type { Plugin } from 'vite'

/** A node of the syntax tree as far as it is looked at here. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

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

/** Rows of the tables of keys are calls: their examples come after four other arguments. */
const rowFunctions = ['keyRow', 'row']
const argumentsBefore = 4

/**
 * Leaves the examples of detectors, their sources, proofs and reasons out of a bundle: a quarter of what the browser
 * would load to look at a draft. Everything of `src/inspect` but these texts stays as it is; `test/draft-worker.test.ts` holds that
 * what is bundled finds the same. It runs after Vite's own step from TypeScript to JavaScript.
 */
export const leaveOutExamples = (): Plugin => ({
  name: 'leave-out-examples',
  transform: {
    filter: { id: /\/src\/inspect\// },
    handler(code) {
      const edits: Edit[] = []
      collectEdits(this.parse(code), code, edits)
      if (edits.length === 0) return undefined
      const lastFirst = edits.toSorted((one, other) => other.start - one.start)
      let shorter = code
      for (const { start, end, text } of lastFirst)
        shorter = shorter.slice(0, start) + text + shorter.slice(end)
      return { code: shorter, map: null }
    },
  },
})

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function collectEdits(value: unknown, code: string, edits: Edit[]): void {
  if (Array.isArray(value)) for (const item of value) collectEdits(item, code, edits)
  if (!isNode(value)) return
  const edit = editOf(value, code)
  if (edit !== undefined) edits.push(edit)
  else if (value.type === 'ObjectPattern') return
  else for (const part of Object.values(value)) collectEdits(part, code, edits)
}

/** A member goes with the comma behind it; one before it may stay. */
function editOf(node: Node, code: string): Edit | undefined {
  if (node.type === 'CallExpression') return rowEditOf(node)
  const { start, end } = node
  if (node.type !== 'Property' || !isNode(node.key)) return undefined
  if (!unseen.has(String(node.key.name))) return undefined
  return { start, end: end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0), text: '' }
}

/** All arguments from the first example on. The others are texts, lists of texts and patterns: nothing to look for. */
function rowEditOf({ callee, arguments: given }: Node): Edit | undefined {
  if (!isNode(callee) || !rowFunctions.includes(String(callee.name)) || !Array.isArray(given))
    return undefined
  const [first, last] = [given[argumentsBefore], given.at(-1)] as readonly unknown[]
  return isNode(first) && isNode(last) ? { start: first.start, end: last.end, text: '""' } : undefined
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
