import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type ParsedFile, parseFile } from './parse.ts'

/** Texts by path from the root, with slashes: `src/core/id.ts`. */
export type Tree = ReadonlyMap<string, string>

/** Names of packages as package.json has them. */
export interface Packages {
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

/** Where an import leads. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'node' | 'package'; readonly name: string }
  | { readonly kind: 'unknown' }

export interface Edge {
  readonly from: string
  readonly line: number
  readonly isType: boolean
  readonly specifier: string | undefined
  readonly to: Target
}

export interface SourceFile extends ParsedFile {
  readonly path: string
  readonly edges: readonly Edge[]
}

/** Everything below src/ and web/src/, and the notes of the rooms. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>()
  for (const folder of ['src', 'web/src']) {
    if (!existsSync(join(root, folder))) continue
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(tsx?|md|json)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      tree.set(path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8'))
    }
  }
  return tree
}

export function readPackages(root: string): Packages {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
    readonly devDependencies: Readonly<Record<string, string>>
  }
  return {
    dependencies: new Set(Object.keys(dependencies)),
    devDependencies: new Set(Object.keys(devDependencies)),
  }
}

/** Parses every TypeScript file of a tree. */
export function parseTree(tree: Tree): readonly SourceFile[] {
  return [...tree]
    .filter(([path]) => /\.tsx?$/.test(path))
    .map(([path, text]) => {
      const parsed = parseFile(path, text)
      const edges = parsed.imports.map(({ specifier, isType, line }): Edge => {
        return { from: path, line, isType, specifier, to: resolve(path, specifier, tree) }
      })
      return { ...parsed, path, edges }
    })
}

function resolve(from: string, specifier: string | undefined, tree: Tree): Target {
  if (specifier === undefined) return { kind: 'unknown' }
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier }
  if (specifier.startsWith('#/')) return fileAt(`src/${specifier.slice(2)}`, tree)
  if (specifier.startsWith('.'))
    return fileAt(posix.normalize(posix.join(posix.dirname(from), specifier)), tree)
  const [scope = '', name] = specifier.split('/')
  return { kind: 'package', name: scope.startsWith('@') ? `${scope}/${name}` : scope }
}

function fileAt(path: string, tree: Tree): Target {
  // Styles and pictures are the bundler's; TypeScript must be there.
  if (!/\.(tsx?|json)$/.test(path) && path.startsWith('web/')) return { kind: 'package', name: 'vite' }
  return tree.has(path) || !/^(src|web\/src)\//.test(path) ? { kind: 'file', path } : { kind: 'unknown' }
}
