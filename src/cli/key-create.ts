import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, needOption, UsageError } from './command.ts'
import { readFuture } from './when.ts'

const dayMs = 86_400_000
const defaultLife = '30d'

export const keyCreate: Command = {
  usage: '--person EMAIL [--use-case ID] [--expires 30d] [--label TEXT]',
  about:
    'Makes a key for a person. The person need not have signed in yet. The key is shown once, here, and is stored nowhere: keep it like a password.',
  options: {
    person: { value: 'EMAIL', about: 'whose key it is' },
    'use-case': { value: 'ID', about: 'the only use case the key serves' },
    expires: {
      value: 'WHEN',
      about: `30d, or a date; whole days, rounded down (${defaultLife} when left out)`,
    },
    label: { value: 'TEXT', about: 'what it is for, to tell it from others' },
  },
  words: [0, 0],
  run: async (asked) => {
    const email = needOption(asked, 'person')
    const expiresInDays = readDays(asked.option('expires') ?? defaultLife, asked.world.now())
    const made = (await callSallyport(asked.world, 'key.create', {
      email,
      useCase: asked.option('use-case'),
      expiresInDays,
      label: asked.option('label'),
      by: askedBy(),
    })) as { readonly id: string; readonly key: string; readonly expiresAtMs: number }
    const { id, key } = made
    const expiresAt = new Date(made.expiresAtMs).toISOString()
    await asked.tell(
      { key, id, expiresAt },
      `${key}\n\nKey ${id} of ${email}, until ${expiresAt}. It is not shown again.`,
    )
    return exitCodes.ok
  },
}

/** A key never lives longer than was asked for: part of a day is left away. */
function readDays(text: string, now: number): number {
  const days = Math.floor((readFuture(text, 'expires', now) - now) / dayMs)
  if (days < 1) throw new UsageError('--expires must be at least one day away')
  return days
}
