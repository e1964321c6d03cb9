import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { printable } from '#/audit/printable.ts'
import {
  ControlError,
  callControl,
  controlSocketPath,
  notRunning,
  toControlError,
} from '#/core/control-socket.ts'
import { readSettings } from '#/settings/read.ts'
import type { Local, World } from './command.ts'

/** Between taking the lock and listening a server migrates and replays: five seconds are waited for it. */
const attempts = 25
const againAfterMs = 200

/**
 * Runs a handler of Sallyport: in the running server over its control socket, or, when none runs, here under
 * the lock of the data folder. Throws `ControlError` with the code and the sentence of whatever went wrong.
 */
export const callSallyport = (world: World, name: string, input: unknown): Promise<unknown> =>
  withSallyport(world, (call) => call(name, input))

export type CallHandler = (name: string, input: unknown) => Promise<unknown>

/** The same for more calls than one: with no server running the folder is opened once for all of them. */
export async function withSallyport<T>(world: World, work: (call: CallHandler) => Promise<T>): Promise<T> {
  const settings = readSettings(world.environment)
  const path = controlSocketPath(settings.dataFolder)
  let local: Local | undefined
  const call: CallHandler = async (name, input) => {
    for (let attempt = 1; local === undefined; attempt++) {
      try {
        return await callControl(path, name, input)
      } catch (error) {
        if (!hasCode(error, notRunning)) throw error
      }
      const isThere = existsSync(settings.dataFolder)
      try {
        local = await world.openLocal(settings)
        if (!isThere) world.complain(beganAnew(settings.dataFolder))
      } catch (error) {
        // Its sentence has a line for each setting, and `explainError` knows it.
        if (error instanceof Error && error.name === 'SettingsError') throw error
        // Somebody holds the lock and does not listen yet (a server that starts) or any more (one that stops).
        const problem = toControlError(error)
        if (!hasCode(problem, 'data-folder-busy') || attempt >= attempts) throw problem
        await world.wait(againAfterMs)
      }
    }
    return handleLocally(local, name, input)
  }
  try {
    return await work(call)
  } finally {
    await closeLocal(local)
  }
}

/** A wrong SALLYPORT_DATA would look like a Sallyport in which nothing ever happened. */
const beganAnew = (folder: string): string =>
  `There was no data folder ${printable(folder)}: a new one was made. Another one is named with SALLYPORT_DATA.\n`

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof ControlError && error.code === code

async function handleLocally(local: Local, name: string, input: unknown): Promise<unknown> {
  const handle = Object.hasOwn(local.handlers, name) ? local.handlers[name] : undefined
  if (handle === undefined)
    throw new ControlError('command-unknown', `this Sallyport has no command "${name}"`)
  try {
    return await handle(input as never)
  } catch (error) {
    throw toControlError(error)
  }
}

async function closeLocal(local: Local | undefined): Promise<void> {
  try {
    await local?.close()
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
