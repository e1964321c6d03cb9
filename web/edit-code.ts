/** Leaving parts of a file out of what is bundled: by its syntax tree, so that only what is named is touched. */

/** A node of the syntax tree as far as it is looked at here. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** From `start` to `end` comes `text` instead. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** All that `editsOf` gives for the nodes of a tree; what is edited is not looked into. Patterns only name what they take. */
export function collectEdits(value: unknown, editsOf: (node: Node) => readonly Edit[]): readonly Edit[] {
  if (Array.isArray(value)) return value.flatMap((item) => collectEdits(item, editsOf))
  if (!isNode(value) || value.type === 'ObjectPattern') return []
  const edits = editsOf(value)
  return edits.length > 0 ? edits : Object.values(value).flatMap((part) => collectEdits(part, editsOf))
}

/** The edits must not overlap. Nothing to bundle anew is undefined. */
export function edited(code: string, edits: readonly Edit[]): { code: string; map: null } | undefined {
  if (edits.length === 0) return undefined
  let shorter = code
  for (const { start, end, text } of edits.toSorted((one, other) => other.start - one.start))
    shorter = shorter.slice(0, start) + text + shorter.slice(end)
  return { code: shorter, map: null }
}

/** What stands between the brackets of a call, from the argument at `first` on; undefined when there is none. */
export function argumentsFrom(
  { arguments: given }: Node,
  first: number,
): Pick<Edit, 'start' | 'end'> | undefined {
  if (!Array.isArray(given)) return undefined
  const [begin, end] = [given[first], given.at(-1)] as readonly unknown[]
  return isNode(begin) && isNode(end) ? { start: begin.start, end: end.end } : undefined
}

/** What a call calls, if that has a name; a text no function is called otherwise. */
export const calleeOf = ({ type, callee }: Node): string =>
  type === 'CallExpression' && isNode(callee) ? String(callee.name) : ''

/** A function with a name: `function name() {}`, or `const name = () => …`; an empty name for any other node. */
export function functionOf(node: Node): {
  readonly name: string
  readonly parameters: readonly unknown[]
  readonly body: Node | undefined
} {
  const made = node.type === 'VariableDeclarator' && isNode(node.init) ? node.init : node
  const isFunction = made.type === 'FunctionDeclaration' || made.type === 'ArrowFunctionExpression'
  if (!isFunction || !isNode(node.id)) return { name: '', parameters: [], body: undefined }
  return {
    name: String(node.id.name),
    parameters: Array.isArray(made.params) ? made.params : [],
    body: isNode(made.body) ? made.body : undefined,
  }
}
