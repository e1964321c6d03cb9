import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects what starting left behind and gives its pages back. V8 sizes its young generation by what reading modules
 * allocates, 32 MB, and looks at it again only when exchanges come: measured 139 MB resident before, 108 after
 * (November 2026, Node 24.21). Stops everything for some 70 ms, so it is called once, before the first request.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (how: object) => void
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  // V8 asks for it at each collection from now on, also of threads.
  setFlagsFromString(`--heap-growing-percent=${growingPercentOf(getHeapStatistics().used_heap_size)}`)
  // Some seconds after a load V8 collects twice more. To give back whole pages it would stop everything for 18 to 43 ms,
  // as soon as few requests come, and without that for 5 to 8.
  setFlagsFromString('--no-memory-reducer-favors-memory')
}

/**
 * What may become garbage in the old generation before it is collected; under load it becomes some MB a second. V8 itself
 * leaves little, and begins anew as soon as less than the young generation holds is left: 9 to 13 collections in 12 s of
 * load that stop everything for 3 to 25 ms, with marking on other cores beside them. With this it is 1 or 2, and twice as
 * much makes no difference (November 2026, Node 24.21).
 */
const headroomBytes = 48 * 1_024 * 1_024

/** Of a heap that is large by itself; and of one so small that the same headroom would be many times what is alive. */
const leastPercent = 50
const mostPercent = 500

/** How far the old generation may grow past what is alive in it, in percent of that. */
export const growingPercentOf = (aliveBytes: number): number =>
  Math.round(Math.min(mostPercent, Math.max(leastPercent, (100 * headroomBytes) / aliveBytes)))
