/**
 * Groups of files that import each other, each in order of their names; empty when there is no cycle.
 * Tarjan's strongly connected components, without recursion, so that a long chain is no problem.
 */
export function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const path: string[] = []
  const onPath = new Set<string>()
  const cycles: string[][] = []

  const enter = (file: string) => {
    order.set(file, order.size)
    low.set(file, order.size - 1)
    path.push(file)
    onPath.add(file)
    return { file, next: [...(graph.get(file) ?? [])], at: 0 }
  }
  const lower = (file: string, value: number) => low.set(file, Math.min(low.get(file)!, value))
  const leave = (file: string) => {
    if (low.get(file) !== order.get(file)) return
    const group = path.splice(path.indexOf(file))
    for (const each of group) onPath.delete(each)
    if (group.length > 1 || graph.get(file)?.has(file)) cycles.push(group.sort())
  }

  for (const start of graph.keys()) {
    if (order.has(start)) continue
    const stack = [enter(start)]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const next = top.next[top.at++]
      if (next === undefined) {
        leave(top.file)
        stack.pop()
        const below = stack.at(-1)
        if (below !== undefined) lower(below.file, low.get(top.file)!)
      } else if (!order.has(next)) stack.push(enter(next))
      else if (onPath.has(next)) lower(top.file, order.get(next)!)
    }
  }
  return cycles
}
