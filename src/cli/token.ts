import { printable } from '#/audit/printable.ts'
import { type Command, exitCodes } from './command.ts'
import { freshSignIn } from './sign-in/sign-in.ts'

export const token: Command = {
  usage: '',
  about:
    'Writes an access token that works for some minutes at least, and nothing else: for tools that ask a command for their key (apiKeyHelper of Claude Code, auth.command of Codex).',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const { accessToken, accessEndsAt } = await freshSignIn(asked.world)
    await asked.tell({ accessToken, endsAt: new Date(accessEndsAt).toISOString() }, printable(accessToken))
    return exitCodes.ok
  },
}
