import type { Settings } from '#/settings/api.ts'
import type { Environment } from '#/settings/credentials.ts'

/** Exit codes, the same for every command. */
export const exitCodes = {
  ok: 0,
  /** A refusal, or a problem in what was looked at. */
  refused: 1,
  usage: 2,
  /** Sallyport, a file or the machine failed; the same call may work later. */
  failed: 3,
} as const

/** The stores of this folder, opened by this process because no server runs. */
export interface Local {
  readonly handlers: Readonly<Record<string, (input: never) => Promise<unknown>>>
  readonly close: () => Promise<void>
}

/** What is around a command: handed in, so that a test needs no process. */
export interface World {
  readonly environment: Environment
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<unknown>
  readonly standardInput: AsyncIterable<Uint8Array>
  /** Whether a person sits at standard input and can be asked. */
  readonly isTerminal: boolean
  /** Resolves once the text is taken, so that a slow reader slows the command down. */
  readonly write: (text: string) => Promise<void>
  readonly complain: (text: string) => void
  readonly openLocal: (settings: Settings) => Promise<Local>
}

/** An option of a command. With `value` it takes a text, shown in the help under that name; without it is a switch. */
export interface CommandOption {
  readonly value?: string
  readonly about: string
}

/** A call of a command, its options already read. */
export interface Asked {
  /** The text of an option that takes one. */
  readonly option: (name: string) => string | undefined
  readonly isSet: (name: string) => boolean
  /** What is neither command nor option. */
  readonly words: readonly string[]
  readonly world: World
  /** Writes the result: `json` on one line with --json, else `text`. */
  readonly tell: (json: unknown, text: string) => Promise<void>
}

export interface Command {
  /** After the name of the command: `FILE.yaml [--dry-run]`. */
  readonly usage: string
  /** What it does, for the help: a sentence or three. */
  readonly about: string
  /** `json` and `help` are every command's. */
  readonly options: Readonly<Record<string, CommandOption>>
  /** How many words it takes. */
  readonly words: readonly [least: number, most: number]
  /** Gives the exit code. */
  readonly run: (asked: Asked) => Promise<number>
}

/** The command was called wrongly: exit code 2, with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The text of an option that must be there. Throws `UsageError`. */
export function needOption(asked: Asked, name: string): string {
  const value = asked.option(name)
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
  return value
}
