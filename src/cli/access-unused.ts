import { printable } from '#/audit/printable.ts'
import type { AccessUse } from '#/identity/access/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, UsageError } from './command.ts'

const defaultDays = '60'

export const accessUnused: Command = {
  usage: '[--days 60]',
  about:
    'Shows what people have and have not used for so many days: roles, and use cases opened to them by name, group or grant. Longest unused first. Exit code 1 when there is any.',
  options: {
    days: { value: 'DAYS', about: `unused for so many days at least (${defaultDays} when left out)` },
  },
  words: [0, 0],
  run: async (asked) => {
    const text = asked.option('days') ?? defaultDays
    if (!/^\d{1,4}$/.test(text)) throw new UsageError('--days must be a whole number of days')
    const { uses } = (await callSallyport(asked.world, 'access.unused', { days: Number(text) })) as {
      readonly uses: readonly AccessUse[]
    }
    await asked.tell({ uses }, uses.map(format).join('\n') || `everything was used within ${text} days`)
    return uses.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}

function format(use: AccessUse): string {
  const { email, what, target, through, lastUsed, since, count, unusedDays, peers, peersUsing } = use
  const last = lastUsed === null ? `never used since ${since}` : `last used ${lastUsed}, ${count}x`
  return printable(
    `${email}  ${what} ${target}  unused for ${unusedDays} days  ${last}  by ${through.join(', ')}  others: ${peersUsing} of ${peers} used it`,
  )
}
