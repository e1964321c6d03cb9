import { rankOf, roomOf, rooms } from './rooms.ts'
import type { SourceFile } from './tree.ts'

/** The rooms there are and what each imports, as Mermaid. What follows from another arrow is left out. */
export function drawMap(files: readonly SourceFile[]): string {
  const imports = readRoomImports(files)
  const present = rooms
    .map((line) => line.filter((room) => imports.has(room)))
    .filter((line) => line.length > 0)
  const arrows = [...imports].flatMap(([from, targets]) => {
    return [...targets]
      .filter((to) => !isIndirect(from, to, imports))
      .map((to) => `  ${idOf(from)} --> ${idOf(to)}`)
  })
  const boxes = present.flat().map((room) => `  ${idOf(room)}["${room}"]`)
  return ['flowchart RL', ...boxes, ...arrows.sort()].join('\n')
}

/** Mermaid takes a bare word with a hyphen for an arrow. */
const idOf = (room: string): string => room.replaceAll('-', '_')

function readRoomImports(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>()
  for (const { path, edges } of files) {
    const from = roomOf(path)
    if (from === undefined || rankOf(from) === undefined || /\.test\.ts$/.test(path)) continue
    const targets = imports.get(from) ?? new Set()
    imports.set(from, targets)
    for (const { to } of edges) {
      const room = to.kind === 'file' ? roomOf(to.path) : undefined
      if (room !== undefined && room !== from) targets.add(room)
    }
  }
  return imports
}

/** True when `to` is reached from `from` over a third room. Rooms only point left, so this ends. */
function isIndirect(from: string, to: string, imports: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const reaches = (room: string): boolean => {
    const targets = imports.get(room) ?? new Set()
    return (
      targets.has(to) ||
      [...targets].some((each) => (rankOf(each) ?? 0) < (rankOf(room) ?? 0) && reaches(each))
    )
  }
  return [...(imports.get(from) ?? [])].some((third) => third !== to && reaches(third))
}
