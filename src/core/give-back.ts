import { setFlagsFromString } from 'node:v8'
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
}
