import type { Local, World } from './command.ts'
import { runCli } from './main.ts'

/** What a command did: its exit code and what it wrote. */
export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

export interface TestWorld {
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string | AsyncIterable<Uint8Array>
  readonly isTerminal?: boolean
  readonly now?: number
  /** A clock that goes on; `now` stands still. */
  readonly clock?: () => number
  readonly handlers?: Local['handlers']
  readonly write?: World['write']
  readonly wait?: World['wait']
  /** Hears what is complained, too. */
  readonly complain?: World['complain']
  readonly openLocal?: World['openLocal']
}

/** Runs a command line in a made-up world. Without handlers it must not open any store. */
export async function run(argv: readonly string[], given: TestWorld = {}): Promise<Ran> {
  let out = ''
  let err = ''
  const { handlers, input = '' } = given
  const world: World = {
    environment: given.environment ?? {},
    now: given.clock ?? (() => given.now ?? Date.parse('2026-06-01T00:00:00Z')),
    wait: given.wait ?? (async () => undefined),
    standardInput: typeof input === 'string' ? once(Buffer.from(input)) : input,
    isTerminal: given.isTerminal ?? false,
    write:
      given.write ??
      (async (text) => {
        out += text
      }),
    complain: (text) => {
      err += text
      given.complain?.(text)
    },
    openLocal:
      given.openLocal ??
      (async () => {
        if (handlers === undefined) throw new Error('no store may be opened here')
        return { handlers, close: async () => undefined }
      }),
  }
  const exitCode = await runCli(argv, world)
  return { exitCode, out, err }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/** On a machine without Tesseract, as far as the path says. */
export async function runWithoutTesseract(argv: readonly string[]): Promise<Ran> {
  const { PATH = '' } = process.env
  process.env['PATH'] = '/nowhere'
  try {
    return await run(argv)
  } finally {
    process.env['PATH'] = PATH
  }
}
