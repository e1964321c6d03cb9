import { type Command, exitCodes } from './command.ts'
import { revokeToken } from './sign-in/oauth-client.ts'
import { readSignIn, removeSignIn } from './sign-in/sign-in-file.ts'

export const logout: Command = {
  usage: '',
  about: 'Signs this machine out: its tokens end at once, at Sallyport and here.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const { environment } = asked.world
    const signedIn = await readSignIn(environment)
    if (signedIn === undefined) {
      await asked.tell({ signedOut: false }, 'Nobody was signed in here.')
      return exitCodes.ok
    }
    // First there: a file that is gone could not end anything any more.
    await revokeToken(signedIn.url, signedIn.refreshToken)
    await removeSignIn(environment)
    await asked.tell({ signedOut: true, url: signedIn.url }, `Signed out at ${signedIn.url}.`)
    return exitCodes.ok
  },
}
