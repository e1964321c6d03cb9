import type { ListedSession } from '#/identity/sessions/sessions.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const sessionList: Command = {
  usage: 'EMAIL|ID',
  about: 'Shows the browsers a person is signed in with, the one used last first.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const [person = ''] = asked.words
    const told = (await callSallyport(asked.world, 'session.list', { person })) as {
      readonly sessions: readonly ListedSession[]
    }
    const lines = told.sessions.toReversed().map(lineOf)
    await asked.tell(told, lines.length === 0 ? 'Signed in with no browser.' : lines.join('\n'))
    return exitCodes.ok
  },
}

const lineOf = ({ browser, network, createdAt, seenAt }: ListedSession): string =>
  `${browser.padEnd(24)}  ${network.padEnd(20)}  signed in ${timeOf(createdAt)}, last used ${timeOf(seenAt)}`

const timeOf = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export const sessionEnd: Command = {
  usage: 'EMAIL|ID',
  about:
    'Signs a person out of every browser, at once. The account stays: they can sign in again. To end the account, use "person end".',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const [person = ''] = asked.words
    const told = (await callSallyport(asked.world, 'session.end', { person, by: askedBy() })) as {
      readonly ended: number
    }
    await asked.tell(told, `${told.ended} ${told.ended === 1 ? 'session is' : 'sessions are'} ended.`)
    return exitCodes.ok
  },
}
