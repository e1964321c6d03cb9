import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const keyRevoke: Command = {
  usage: 'ID|KEY [--reason TEXT]',
  about:
    'Ends a key at once, also for answers that are being written. Give its id, or the key itself when that is all you have; an id leaves no secret in the history of your shell.',
  options: { reason: { value: 'TEXT', about: 'why, for the log' } },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const reason = asked.option('reason') ?? 'revoked on the command line'
    const result = await callSallyport(asked.world, 'key.revoke', { id, by: askedBy(), reason })
    await asked.tell({ revoked: true, ...(isObject(result) ? result : {}) }, 'The key is revoked.')
    return exitCodes.ok
  },
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
