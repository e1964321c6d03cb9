import type { RuleSlice } from '#/policy/api.ts'
import { usableFor } from '#/policy/usable.ts'
import type { ExchangeSwitches } from '#/snapshot/switches/switches.ts'

/**
 * What a person may use now, without what a switch has stopped: it would be offered in vain. A stop of everything hides
 * nothing: its refusal says why, and who can release it.
 */
export function openNow(
  person: Parameters<typeof usableFor>[0],
  slice: RuleSlice,
  nowMs: number,
  { standing }: { readonly standing: Pick<ExchangeSwitches['standing'], 'size' | 'stopOf'> },
  key: Parameters<typeof usableFor>[3] = {},
): ReturnType<typeof usableFor> {
  if (standing.size === 0) return usableFor(person, slice, nowMs, key)
  const useCases = new Map(
    [...slice.useCases].filter(([id]) => standing.stopOf('use-case', id) === undefined),
  )
  const open = usableFor(person, { ...slice, useCases }, nowMs, key)
  return {
    useCases: open.useCases,
    offerings: open.offerings.filter(({ id }) => standing.stopOf('offering', id) === undefined),
  }
}
