import { findCycles } from './cycles.ts'
import { pureRooms, rankOf, roomOf } from './rooms.ts'
import { type Edge, type Packages, parseTree, type SourceFile, type Tree } from './tree.ts'

/** One place where the tree breaks a rule: `src/core/id.ts:3: core may not import gateway`. */
export type Violation = string

/** Every rule of the map over every file; empty when all is well. */
export function findViolations(tree: Tree, packages: Packages): readonly Violation[] {
  const files = parseTree(tree)
  return [
    ...findUnknownRooms(files),
    ...eachEdge(files, findWrongDirection),
    ...eachEdge(files, findUnresolved),
    ...eachEdge(files, (edge) => findWrongPackage(edge, packages)),
    ...eachEdge(files, findTestSupport),
    ...eachEdge(files, findWrongWebImport),
    ...eachEdge(files, findNodeInPureFile),
    ...findNodeReachedByWeb(files),
    ...findCompanyReachedByWeb(files),
    ...findCycles(graphOf(files)).map((cycle) => `cycle: ${cycle.join(' - ')}`),
    ...findMissingNotes(tree),
    ...files.flatMap(findSqlOutsideStores),
    ...files.flatMap(findDefaultExport),
    ...files.flatMap(findTestFarAway),
  ]
}

const eachEdge = (
  files: readonly SourceFile[],
  check: (edge: Edge) => Violation | undefined,
): readonly Violation[] => files.flatMap(({ edges }) => edges.flatMap((edge) => check(edge) ?? []))

const at = ({ from, line }: Edge): string => `${from}:${line}`

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
/** Files only tests use: contracts run against several implementations, and what stands in for the world. */
const isTestSupport = (path: string): boolean =>
  isTest(path) || /(\.contract\.ts|\/test-[\w-]+\.ts)$/.test(path)

function findUnknownRooms(files: readonly SourceFile[]): readonly Violation[] {
  return files.flatMap(({ path }) => {
    if (!path.startsWith('src/')) return []
    const room = roomOf(path)
    if (room !== undefined && rankOf(room) !== undefined) return []
    return [`${path}: belongs to no room; give it a place in tools/architecture/rooms.ts`]
  })
}

function findWrongDirection(edge: Edge): Violation | undefined {
  if (edge.to.kind !== 'file') return undefined
  if (!edge.from.startsWith('src/')) return undefined
  if (!edge.to.path.startsWith('src/')) return `${at(edge)}: the server may not import ${edge.to.path}`
  const from = roomOf(edge.from)
  const to = roomOf(edge.to.path)
  if (from === undefined || to === undefined || from === to) return undefined
  const fromRank = rankOf(from)
  const toRank = rankOf(to)
  // A room that is not on the map is told by `findUnknownRooms`.
  if (fromRank === undefined || toRank === undefined || toRank < fromRank) return undefined
  return `${at(edge)}: ${from} may not import ${to}${toRank === fromRank ? ' (they stand side by side)' : ''}`
}

function findUnresolved(edge: Edge): Violation | undefined {
  if (edge.to.kind !== 'unknown') return undefined
  if (edge.specifier === undefined)
    return `${at(edge)}: an import must name its file, so that the map can show it`
  return `${at(edge)}: there is no ${edge.specifier}`
}

function findWrongPackage(edge: Edge, { dependencies, devDependencies }: Packages): Violation | undefined {
  if (edge.to.kind !== 'package' || dependencies.has(edge.to.name)) return undefined
  const { name } = edge.to
  if (!devDependencies.has(name)) return `${at(edge)}: ${name} is not in package.json`
  // The page is bundled: what it uses is needed to build it and never to run it.
  if (edge.from.startsWith('web/') || isTestSupport(edge.from)) return undefined
  return `${at(edge)}: ${name} is a development dependency; the server may not need it`
}

function findTestSupport(edge: Edge): Violation | undefined {
  if (edge.to.kind !== 'file' || isTestSupport(edge.from) || !isTestSupport(edge.to.path)) return undefined
  return `${at(edge)}: ${edge.to.path} is for tests only`
}

/** Of a room, or of a part of one in a folder of its own. */
const isApi = (path: string): boolean => /^src\/[^/]+\/([\w-]+\/)?api\.ts$/.test(path)

function findWrongWebImport(edge: Edge): Violation | undefined {
  if (!edge.from.startsWith('web/') || edge.to.kind !== 'file' || !edge.to.path.startsWith('src/'))
    return undefined
  const { path } = edge.to
  // That the files of core it takes are pure is seen by `findNodeReachedByWeb`.
  if (isApi(path) || path === 'src/inspect/index.ts' || path.startsWith('src/core/')) return undefined
  return `${at(edge)}: the page may import a room's api.ts, inspect/index.ts and core, not ${path}`
}

/** Pure rooms do without Node at all; an api.ts may name Node's types as long as the page does not reach it. */
function findNodeInPureFile(edge: Edge): Violation | undefined {
  if (edge.to.kind !== 'node' || isTestSupport(edge.from)) return undefined
  const room = roomOf(edge.from)
  if (room !== undefined && pureRooms.includes(room))
    return `${at(edge)}: ${room} is pure and may not import ${edge.to.name}`
  if (isApi(edge.from) && !edge.isType) return `${at(edge)}: an api.ts may not import ${edge.to.name}`
  return undefined
}

/** What the page reaches, types counted, must not know Node: it is checked without Node's types. */
const findNodeReachedByWeb = (files: readonly SourceFile[]): readonly Violation[] =>
  edgesReachedByWeb(files, () => true).flatMap((edge) =>
    edge.to.kind === 'node'
      ? [`${at(edge)}: the page reaches this file, so it may not import ${edge.to.name}`]
      : [],
  )

/** What a company has registered is looked for by the gate alone: only what its kinds are called is known to a browser. */
const findCompanyReachedByWeb = (files: readonly SourceFile[]): readonly Violation[] =>
  edgesReachedByWeb(files, ({ isType }) => !isType).flatMap((edge) =>
    edge.to.kind === 'file' && /^src\/inspect\/company\/(?!kinds\.ts$)/.test(edge.to.path)
      ? [`${at(edge)}: the page reaches this file, so it may not import ${edge.to.path}`]
      : [],
  )

/** Every import in a file that the page reaches by imports like these. */
function edgesReachedByWeb(files: readonly SourceFile[], follows: (edge: Edge) => boolean): readonly Edge[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const waiting = files
    .map(({ path }) => path)
    .filter((path) => path.startsWith('web/') && !isTestSupport(path))
  const seen = new Set(waiting)
  const edges: Edge[] = []
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const edge of byPath.get(path)?.edges.filter(follows) ?? []) {
      edges.push(edge)
      if (edge.to.kind !== 'file' || seen.has(edge.to.path)) continue
      seen.add(edge.to.path)
      waiting.push(edge.to.path)
    }
  }
  return edges
}

function graphOf(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    files.map(({ path, edges }) => [
      path,
      new Set(edges.flatMap(({ to }) => (to.kind === 'file' ? [to.path] : []))),
    ]),
  )
}

function findMissingNotes(tree: Tree): readonly Violation[] {
  const folders = new Set([...tree.keys()].flatMap((path) => /^src\/[^/]+(?=\/)/.exec(path) ?? []))
  return [...folders]
    .filter((folder) => !tree.has(`${folder}/README.md`))
    .map((folder) => `${folder}: has no README.md`)
}

/** Where SQL may stand: a room's store, its migrations, the adapter, and what is asked of the index of the log. */
const sqlFiles =
  /(\/store\.ts|\/migrations\/[\w-]+\.ts)$|^src\/core\/database\/|^src\/audit\/index\/find\.ts$/

const sql =
  /\b(SELECT\s[\s\S]*\sFROM\s|INSERT\s+INTO\s|UPDATE\s[\s\S]*\sSET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|UNIQUE)\s)/

function findSqlOutsideStores({ path, strings }: SourceFile): readonly Violation[] {
  if (isTestSupport(path) || sqlFiles.test(path)) return []
  return strings
    .filter(({ text }) => sql.test(text))
    .map(({ line }) => `${path}:${line}: SQL stands only in store.ts and migrations`)
}

function findDefaultExport({ path, defaultExport }: SourceFile): readonly Violation[] {
  return defaultExport === undefined ? [] : [`${path}:${defaultExport}: exports are named`]
}

/** A test lies beside what it tests: it imports something of its own room. */
function findTestFarAway({ path, edges }: SourceFile): readonly Violation[] {
  if (!isTest(path)) return []
  const room = /^(web\/)?src\/([^/]+\/)?/.exec(path)?.[0] ?? ''
  if (edges.some(({ to }) => to.kind === 'file' && to.path.startsWith(room))) return []
  return [`${path}: tests nothing of its own room; put it beside what it tests, or in test/`]
}
