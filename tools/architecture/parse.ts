import { parseSync } from 'vite'

/** One import of a file: static, dynamic, of types, re-exported, or a worker's `new URL('./x.ts', import.meta.url)`. */
export interface Import {
  /** As written; undefined when it is computed and nobody can tell. */
  readonly specifier: string | undefined
  /** Gone at run time. */
  readonly isType: boolean
  readonly line: number
}

export interface ParsedFile {
  readonly imports: readonly Import[]
  /** Line of the default export. */
  readonly defaultExport: number | undefined
  readonly strings: readonly { readonly text: string; readonly line: number }[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** Reads TypeScript or TSX. Throws for a file that is neither. */
export function parseFile(path: string, text: string): ParsedFile {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`)
  const imports: Import[] = []
  const strings: { text: string; line: number }[] = []
  let defaultExport: number | undefined
  const lineAt = lineFinder(text)
  visit(program as unknown as Node, (node) => {
    const line = lineAt(node.start)
    const imported = importOf(node)
    if (imported !== undefined) imports.push({ ...imported, line })
    if (node.type === 'ExportDefaultDeclaration' || exportsDefault(node)) defaultExport = line
    const written = textOf(node)
    if (written !== undefined) strings.push({ text: written, line })
  })
  return { imports, defaultExport, strings }
}

function importOf(node: Node): Pick<Import, 'specifier' | 'isType'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literalOf(node['source']), isType: node['importKind'] === 'type' }
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (node['source'] === null) return undefined
      return { specifier: literalOf(node['source']), isType: node['exportKind'] === 'type' }
    case 'ImportExpression':
      return { specifier: literalOf(node['source']), isType: false }
    case 'TSImportType':
      return { specifier: literalOf(node['source'] ?? node['argument']), isType: true }
    case 'NewExpression':
      return fileOfUrl(node)
    default:
      return undefined
  }
}

/** `new URL('./worker.ts', import.meta.url)` starts a file of ours without importing it. */
function fileOfUrl(node: Node): Pick<Import, 'specifier' | 'isType'> | undefined {
  const [first, second] = node['arguments'] as readonly unknown[]
  const isUrl = isNode(node['callee']) && node['callee']['name'] === 'URL'
  const isBesideUs = isNode(second) && second.type === 'MemberExpression'
  const specifier = literalOf(first)
  return isUrl && isBesideUs && specifier?.endsWith('.ts') ? { specifier, isType: false } : undefined
}

function exportsDefault(node: Node): boolean {
  if (node.type !== 'ExportNamedDeclaration') return false
  return (node['specifiers'] as readonly Node[]).some(({ exported }) => {
    return isNode(exported) && (exported['name'] ?? exported['value']) === 'default'
  })
}

/** What a text holds; a value put into a template stands as a question mark. */
function textOf(node: Node): string | undefined {
  if (node.type === 'TemplateLiteral') {
    const parts = node['quasis'] as readonly { readonly value: { readonly cooked: string | null } }[]
    return parts.map(({ value }) => value.cooked ?? '').join('?')
  }
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined
}

const literalOf = (node: unknown): string | undefined => (isNode(node) ? textOf(node) : undefined)

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) visit(each, see)
  }
}

function lineFinder(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index)
  return (offset) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
