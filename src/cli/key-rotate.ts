import { readDuration } from '#/core/when.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, UsageError } from './command.ts'

const defaultOverlap = '24h'

export const keyRotate: Command = {
  usage: 'ID [--overlap 24h]',
  about:
    'Makes a key that takes the place of another: same holder, same bounds, one budget for both, and the keys below it go over to it. The old one works until the overlap ends; 0m ends it at once. The new key is shown once, here.',
  options: {
    overlap: {
      value: 'HOW-LONG',
      about: `how long the old one goes on, 30d at most (${defaultOverlap} when left out)`,
    },
  },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const overlapMs = readDuration(asked.option('overlap') ?? defaultOverlap)
    if (overlapMs === undefined) throw new UsageError('--overlap must be a duration such as 90m, 24h or 7d')
    const made = (await callSallyport(asked.world, 'key.rotate', { id, overlapMs, by: askedBy() })) as {
      readonly id: string
      readonly key: string
      readonly expiresAtMs: number
    }
    const expiresAt = new Date(made.expiresAtMs).toISOString()
    await asked.tell(
      { key: made.key, id: made.id, expiresAt },
      `${made.key}\n\nKey ${made.id} takes the place of ${id}, until ${expiresAt}. It is not shown again.`,
    )
    return exitCodes.ok
  },
}
