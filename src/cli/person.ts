import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

const reason = { value: 'CODE', about: 'why, for the log: lower-case letters, digits and hyphens' }

export const personEnd: Command = {
  usage: 'EMAIL|ID [--reason CODE]',
  about:
    'Ends everything a person can do, at once: sessions, keys and answers that are being written. It stays so until the account is given back.',
  options: { reason },
  words: [1, 1],
  run: async (asked) => {
    const [person = ''] = asked.words
    const input = { person, by: askedBy(), reason: asked.option('reason') ?? 'left' }
    const result = await callSallyport(asked.world, 'person.end', input)
    await asked.tell(result, 'The account is ended. Nothing of this person works any more.')
    return exitCodes.ok
  },
}

export const personRestore: Command = {
  usage: 'EMAIL|ID [--reason CODE]',
  about: 'Gives an ended account back. Keys work again; sessions do not: the person signs in once more.',
  options: { reason },
  words: [1, 1],
  run: async (asked) => {
    const [person = ''] = asked.words
    const input = { person, by: askedBy(), reason: asked.option('reason') ?? 'back' }
    const result = await callSallyport(asked.world, 'person.restore', input)
    await asked.tell(result, 'The account is given back. The person signs in once more.')
    return exitCodes.ok
  },
}
