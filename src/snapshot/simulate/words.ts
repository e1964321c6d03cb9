import type { ChangeLine } from './api.ts'

/** A change as people read it, at the command line and on the page. */
export function describeChange({
  kind,
  what,
  from,
  to,
}: Pick<ChangeLine, 'kind' | 'what' | 'from' | 'to'>): string {
  switch (kind) {
    case 'refused':
      return `goes today, would be refused (${to})`
    case 'allowed':
      return `is refused today (${from}), would go`
    case 'refused-otherwise':
      return `is refused (${from}), would be refused with ${to}`
    case 'offering':
      return `goes to ${from}, would go to ${to}`
    case 'changed-more':
      return `more is done with ${what}: ${from}, would be ${to}`
    case 'changed-less':
      return `less is done with ${what}: ${from}, would be ${to}`
    case 'class':
      return `leaves as ${from}, would leave as ${to}`
  }
}
