import { rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { ControlError } from '#/core/control-socket.ts'
import { makeFolder } from '#/core/durable-file.ts'
import { randomId } from '#/core/id.ts'
import { readSecretFile } from '#/core/secret-file.ts'
import type { Environment } from '#/settings/credentials.ts'
import type { Tokens } from './oauth-client.ts'

/** Who is signed in on this machine, and where. One at a time. */
export interface SignedIn extends Tokens {
  readonly url: string
  readonly email: string
}

const schema = z.strictObject({
  version: z.literal(1),
  url: z.url(),
  email: z.string(),
  accessToken: z.string(),
  accessEndsAt: z.number(),
  refreshToken: z.string(),
})

/** Where it lies: `sallyport/sign-in.json` below `XDG_CONFIG_HOME`, or `~/.config`. Only its owner may read it. */
export function signInPath(environment: Environment): string {
  const named = environment['XDG_CONFIG_HOME']
  const base = named === undefined || named === '' ? join(environment['HOME'] ?? homedir(), '.config') : named
  return join(base, 'sallyport', 'sign-in.json')
}

/** Undefined when nobody is signed in. Throws when others may read the file, and when it is not ours. */
export async function readSignIn(environment: Environment): Promise<SignedIn | undefined> {
  const path = signInPath(environment)
  let text: string
  try {
    text = await readSecretFile(path, undefined)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const read = schema.safeParse(parse(text))
  if (!read.success)
    throw new ControlError('sign-in-damaged', `${path} cannot be read: run "sallyport login" again`)
  const { version: _, ...signedIn } = read.data
  return signedIn
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema says the same of every text that is not what we wrote.
    return undefined
  }
}

export async function writeSignIn(environment: Environment, signedIn: SignedIn): Promise<void> {
  const path = signInPath(environment)
  await makeFolder(dirname(path))
  // Two commands may refresh at the same moment: each writes a file of its own, whole, and the last one stays.
  const own = `${path}.${randomId(8)}`
  try {
    await writeFile(own, `${JSON.stringify({ version: 1, ...signedIn })}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
    await rename(own, path)
  } catch (error) {
    await rm(own, { force: true })
    throw error
  }
}

export const removeSignIn = (environment: Environment): Promise<void> =>
  rm(signInPath(environment), { force: true })
