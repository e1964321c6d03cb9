/** How grants and ways read on a terminal. */
import { printable } from '#/audit/printable.ts'
import type { GrantView, WayStep } from '#/identity/access/api.ts'
import { UsageError } from './command.ts'
import { readFuture } from './when.ts'

const dayMs = 86_400_000

/** Whole days until then; what was asked for is never made longer. */
export function readDays(text: string, option: string, now: number): number {
  const days = Math.floor((readFuture(text, option, now) - now) / dayMs)
  if (days < 1) throw new UsageError(`--${option} must be at least one day away`)
  return days
}

export function grantLine({ id, effect, what, target, person, group, until, by, reason }: GrantView): string {
  const who = person ?? `group ${group}`
  const ends = until === null ? 'until it is ended' : `until ${until}`
  const verb = effect === 'allow' ? 'has' : 'is DENIED'
  return printable(`${id}  ${who}  ${verb}  ${what} ${target}  ${ends}  by ${by}: ${reason}`)
}

export const wayLine = (way: readonly WayStep[]): string =>
  printable(
    way
      .map(({ what, name, until }) => {
        const ends = until === undefined ? '' : ` (until ${until})`
        return `${what === 'person' || what === 'named' ? name : `${what} ${name}`}${ends}`
      })
      .join(' -> '),
  )
