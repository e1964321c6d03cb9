import { printable } from '#/audit/printable.ts'
import { ControlError } from '#/core/control-socket.ts'
import { type Command, exitCodes } from './command.ts'
import { ask } from './sign-in/oauth-client.ts'
import { freshSignIn } from './sign-in/sign-in.ts'

export const whoami: Command = {
  usage: '',
  about: 'Tells who is signed in on this machine, and asks Sallyport whether that is still so.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const { url, accessToken } = await freshSignIn(asked.world)
    const { status, json } = await ask(url, '/oauth/userinfo', { accessToken })
    if (status !== 200)
      throw new ControlError('sign-in-ended', 'the sign-in has ended: run "sallyport login" again')
    const { email, name, key } = json as Readonly<Record<'email' | 'name' | 'key', unknown>>
    await asked.tell(
      { url, email, name, device: key },
      printable(`${String(name)} (${String(email)}) at ${url}, as ${String(key)}`),
    )
    return exitCodes.ok
  },
}
