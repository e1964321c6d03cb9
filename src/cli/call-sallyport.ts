import { userInfo } from 'node:os'
import {
  ControlError,
  callControl,
  controlSocketPath,
  notRunning,
  toControlError,
} from '#/core/control-socket.ts'
import { readSettings } from '#/settings/read.ts'
import type { World } from './command.ts'

/** Between taking the lock and listening a server migrates and replays: five seconds are waited for it. */
const attempts = 25
const againAfterMs = 200

/**
 * Runs a handler of Sallyport: in the running server over its control socket, or, when none runs, here under
 * the lock of the data folder. Throws `ControlError` with the code and the sentence of whatever went wrong.
 */
export async function callSallyport(world: World, name: string, input: unknown): Promise<unknown> {
  const settings = readSettings(world.environment)
  const path = controlSocketPath(settings.dataFolder)
  for (let attempt = 1; ; attempt++) {
    try {
      return await callControl(path, name, input)
    } catch (error) {
      if (!hasCode(error, notRunning)) throw error
    }
    try {
      return await callLocally(() => world.openLocal(settings), name, input)
    } catch (error) {
      // Somebody holds the lock and does not listen yet (a server that starts) or any more (one that stops).
      if (!hasCode(error, 'data-folder-busy') || attempt >= attempts) throw error
      await world.wait(againAfterMs)
    }
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof ControlError && error.code === code

async function callLocally(
  open: () => ReturnType<World['openLocal']>,
  name: string,
  input: unknown,
): Promise<unknown> {
  try {
    const local = await open()
    try {
      const handle = Object.hasOwn(local.handlers, name) ? local.handlers[name] : undefined
      if (handle === undefined)
        throw new ControlError('command-unknown', `this Sallyport has no command "${name}"`)
      return await handle(input as never)
    } finally {
      await local.close()
    }
  } catch (error) {
    throw toControlError(error)
  }
}

/** Who asks, for the log: the account of this machine. A person's identity is not known to a command. */
export function askedBy(): string {
  try {
    return `command-line:${userInfo().username}`
  } catch {
    // An account without an entry in the user database, as in a container with a bare user id.
    return `command-line:${process.getuid?.() ?? 'unknown'}`
  }
}
