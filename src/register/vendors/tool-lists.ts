import type { Clock } from '#/core/clock.ts'
import type { Register } from '../register.ts'
import type { ToolList } from './api.ts'
import { type DatedToolList, toolListOf } from './tool-list.ts'

export interface ToolListServices {
  readonly register: Pick<Register, 'list' | 'onChange'>
  readonly clock: Clock
  /** Host names that are never blocked: our own. */
  readonly keepOpen: () => readonly string[]
}

export interface ToolLists {
  readonly current: () => ToolList
}

/** The list, made again when a record changes or something in it ends: filters ask all day. */
export function keepToolLists({ register, clock, keepOpen }: ToolListServices): ToolLists {
  let kept: (DatedToolList & { readonly sinceMs: number }) | undefined
  register.onChange(() => {
    kept = undefined
  })
  return {
    current: () => {
      const nowMs = clock.now()
      const isFresh =
        kept !== undefined &&
        nowMs >= kept.sinceMs &&
        (kept.nextChangeAtMs === undefined || nowMs < kept.nextChangeAtMs)
      if (kept === undefined || !isFresh) {
        const records = { tools: register.list('tool'), vendors: register.list('vendor') }
        kept = { ...toolListOf(records, nowMs, keepOpen()), sinceMs: nowMs }
      }
      return kept.list
    },
  }
}
