/** How grants and ways read on a terminal. */
import { printable } from '#/audit/printable.ts'
import type { GrantView, WayStep } from '#/identity/access/api.ts'

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
