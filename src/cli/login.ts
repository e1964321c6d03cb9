import { printable } from '#/audit/printable.ts'
import { ControlError } from '#/core/control-socket.ts'
import { type Asked, type Command, exitCodes } from './command.ts'
import { readUrl, revokeToken } from './sign-in/oauth-client.ts'
import { signInHere } from './sign-in/sign-in.ts'
import { readSignIn, type SignedIn, signInPath, writeSignIn } from './sign-in/sign-in-file.ts'

export const login: Command = {
  usage: '[--url ADDRESS] [--no-store]',
  about:
    'Signs this machine in with a work account: shows an address and a code, and waits until it was approved there in a browser, here or on another machine. What is kept is a file only you can read; it works until you sign out, or for 30 days.',
  options: {
    url: { value: 'ADDRESS', about: 'of Sallyport; SALLYPORT_URL, or http://127.0.0.1:8787 when left out' },
    'no-store': {
      about: 'keep nothing: write an access token to standard output, which ends within the hour',
    },
  },
  words: [0, 0],
  run: async (asked) => {
    const { environment } = asked.world
    const given = asked.option('url') ?? environment['SALLYPORT_URL']
    const url = readUrl(given)
    const signIn = () => signInHere(asked, url).catch((error) => failed(error, given !== undefined))
    if (asked.isSet('no-store')) return showToken(asked, await signIn())
    const before = await readBefore(asked)
    const signedIn = await signIn()
    await writeSignIn(environment, signedIn)
    if (before !== undefined) await endBefore(before, asked)
    const { email } = signedIn
    const file = signInPath(environment)
    await asked.tell(
      { signedIn: true, url, email, file },
      `Signed in at ${url} as ${printable(email)}.\nStart a tool with: sallyport run -- claude`,
    )
    return exitCodes.ok
  },
}

/** Whoever named no address mostly has a Sallyport elsewhere. */
function failed(error: unknown, isNamed: boolean): never {
  if (isNamed || !(error instanceof ControlError) || error.code !== 'not-running') throw error
  const message = `${error.message}; if yours is elsewhere: sallyport login --url https://ai.example.com`
  throw new ControlError(error.code, message, { cause: error })
}

async function showToken(asked: Asked, { accessToken, accessEndsAt, email }: SignedIn): Promise<number> {
  await asked.tell(
    { accessToken, endsAt: new Date(accessEndsAt).toISOString(), email },
    printable(accessToken),
  )
  return exitCodes.ok
}

/** A file that cannot be read is no reason not to sign in: it is replaced. */
async function readBefore({ world }: Asked): Promise<SignedIn | undefined> {
  try {
    return await readSignIn(world.environment)
  } catch (error) {
    world.complain(`${(error as Error).message}\nIt is replaced.\n`)
    return undefined
  }
}

/** What was signed in here before would stay in the person's list for weeks. It may be out of reach, or gone. */
async function endBefore(before: SignedIn, { world }: Asked): Promise<void> {
  try {
    await revokeToken(before.url, before.refreshToken)
  } catch (error) {
    world.complain(
      `The sign-in before could not be ended at ${before.url}: ${(error as Error).message}. It can be ended on its page /device.\n`,
    )
  }
}
