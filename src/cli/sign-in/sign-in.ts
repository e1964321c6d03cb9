import { hostname } from 'node:os'
import { printable } from '#/audit/printable.ts'
import { ControlError } from '#/core/control-socket.ts'
import type { Asked, World } from '../command.ts'
import { pollSignIn, refreshTokens, startSignIn } from './oauth-client.ts'
import { readSignIn, type SignedIn, writeSignIn } from './sign-in-file.ts'

/** Shows the code and waits until a person has decided. Throws `ControlError` when nobody approved. */
export async function signInHere(asked: Asked, url: string): Promise<SignedIn> {
  const { world } = asked
  const start = await startSignIn(url, hostname())
  world.complain(
    `Open ${printable(start.verification_uri_complete)}\nsign in there, and approve only if it shows the code ${printable(start.user_code)}\n`,
  )
  const endsAt = world.now() + start.expires_in * 1_000
  let intervalMs = start.interval * 1_000
  while (world.now() < endsAt) {
    await world.wait(intervalMs)
    const polled = await pollSignIn(url, start.device_code, world.now())
    if (typeof polled !== 'string') return { ...polled, url, email: polled.email ?? '' }
    if (polled === 'slow_down') intervalMs += 5_000
    else if (polled !== 'authorization_pending')
      throw new ControlError(polled, whyNot[polled] ?? `the sign-in ended: ${printable(polled)}`)
  }
  throw new ControlError('expired_token', whyNot['expired_token'] ?? '')
}

const whyNot: Readonly<Record<string, string>> = {
  access_denied: 'the sign-in was refused',
  expired_token: 'nobody approved in time: run it again',
}

/** Refreshed this long before the end, so that a request that takes its time still gets through. */
const earlyMs = 300_000

/** Who is signed in, with an access token that works for minutes to come. Throws `ControlError`. */
export async function freshSignIn(world: World): Promise<SignedIn> {
  const signedIn = await readSignIn(world.environment)
  if (signedIn === undefined)
    throw new ControlError('not-signed-in', 'nobody is signed in here: run "sallyport login"')
  if (signedIn.accessEndsAt - earlyMs > world.now()) return signedIn
  const fresh = await refresh(signedIn, world)
  await writeSignIn(world.environment, fresh)
  return fresh
}

async function refresh(signedIn: SignedIn, world: World): Promise<SignedIn> {
  const tokens = await refreshTokens(signedIn.url, signedIn.refreshToken, world.now())
  if (tokens !== undefined) return { ...signedIn, ...tokens }
  // Another command may have been faster: what it wrote is then the sign-in that goes on.
  const now = await readSignIn(world.environment)
  if (now !== undefined && now.refreshToken !== signedIn.refreshToken) return now
  throw new ControlError('sign-in-ended', 'the sign-in has ended: run "sallyport login" again')
}
