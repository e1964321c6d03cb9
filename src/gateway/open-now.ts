import type { RuleSlice } from '#/policy/api.ts'
import { usableFor } from '#/policy/usable.ts'
import type { ExchangeSwitches } from '#/snapshot/switches/switches.ts'

/**
 * What a person may use now, without what a switch has stopped: it would be offered in vain. A stop of everything hides
 * nothing: its refusal says why, and who can release it. Tasks are no use cases for a chat: they are asked by their inputs.
 */
export function openNow(
  person: Parameters<typeof usableFor>[0],
  slice: RuleSlice,
  nowMs: number,
  { standing }: { readonly standing: Pick<ExchangeSwitches['standing'], 'size' | 'stopOf'> },
  key: Parameters<typeof usableFor>[3] = {},
  wants: 'chat' | 'task' | 'any' = 'chat',
): ReturnType<typeof usableFor> {
  const useCases = new Map(
    [...slice.useCases].filter(
      ([id, { task }]) =>
        (wants === 'any' || (task !== undefined) === (wants === 'task')) &&
        (standing.size === 0 || standing.stopOf('use-case', id) === undefined),
    ),
  )
  const open = usableFor(person, { ...slice, useCases }, nowMs, key)
  return {
    useCases: open.useCases,
    offerings: open.offerings.filter(
      ({ id }) => standing.size === 0 || standing.stopOf('offering', id) === undefined,
    ),
  }
}
