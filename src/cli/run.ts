import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { z } from 'zod'
import { printable } from '#/audit/printable.ts'
import { ControlError } from '#/core/control-socket.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'
import type { Environment } from '#/settings/credentials.ts'
import { type Asked, type Command, UsageError } from './command.ts'
import { ask, readPaths, readUrl } from './sign-in/oauth-client.ts'
import { freshSignIn, signInHere } from './sign-in/sign-in.ts'
import type { SignedIn } from './sign-in/sign-in-file.ts'
import { type Tool, tokenHelper, toolOf, tools } from './sign-in/tools.ts'

const kinds = tools.map(({ kind }) => kind)

export const run: Command = {
  usage: '[--tool KIND] [--no-store [--url ADDRESS]] -- COMMAND [WORDS]',
  about: `Starts a tool with a token of Sallyport in its surroundings and no key of its own: ${kinds.slice(0, -1).join(', ')}, or any that reads OPENAI_BASE_URL or ANTHROPIC_BASE_URL. It ends as the tool ends.`,
  options: {
    tool: { value: 'KIND', about: `${kinds.join(', ')}; by the name of the command when left out` },
    'no-store': { about: 'sign in for this one run and keep nothing on this machine' },
    url: { value: 'ADDRESS', about: 'of Sallyport, with --no-store' },
  },
  words: [1, 1_000],
  run: async (asked) => {
    const [program = '', ...words] = asked.words
    const tool = readTool(asked.option('tool'), program)
    const isStored = !asked.isSet('no-store')
    if (isStored && asked.option('url') !== undefined)
      throw new UsageError('--url goes with --no-store; "sallyport login --url" signs in for good')
    const signedIn = isStored
      ? await freshSignIn(asked.world)
      : await signInHere(asked, readUrl(asked.option('url') ?? asked.world.environment['SALLYPORT_URL']))
    await assertServed(tool, signedIn)
    if (!isStored || !['claude', 'codex'].includes(tool.kind)) sayWhenItEnds(signedIn, asked)
    const prepared = tool.prepare({
      url: signedIn.url,
      accessToken: signedIn.accessToken,
      helper: isStored ? tokenHelper : undefined,
      managed: tool.kind === 'claude' ? await readManaged(signedIn) : undefined,
      models: tool.kind === 'opencode' ? await readModels(signedIn) : [],
    })
    const first = prepared.words ?? []
    if (first[0] === '--settings' && words.some((word) => /^--settings(=|$)/.test(word)))
      throw new UsageError(
        '--settings is how "sallyport run" tells the tool where to go: put yours into a settings file',
      )
    return start(program, [...first, ...words], { ...asked.world.environment, ...prepared.environment })
  },
}

function readTool(kind: string | undefined, program: string): Tool {
  if (kind === undefined) return toolOf(program)
  const tool = tools.find((each) => each.kind === kind)
  if (tool === undefined) throw new UsageError(`--tool must be one of ${kinds.join(', ')}`)
  return tool
}

/** A tool that speaks something else would fail with its first request, and say less about why. */
async function assertServed({ kind, path }: Tool, { url }: SignedIn): Promise<void> {
  const paths = await readPaths(url)
  if (kind === 'other' || paths.some((each) => each.startsWith(path))) return
  throw new ControlError(
    'dialect-not-served',
    `${kind} speaks only to ${path}, and Sallyport at ${url} does not serve that; it serves ${printable(paths.join(', '))}. ${instead(paths)}`,
  )
}

/** What can be started at this Sallyport: those whose path it serves. */
function instead(paths: readonly string[]): string {
  const served = tools.filter(({ kind, path }) => kind !== 'other' && paths.includes(path))
  const named = served.map(({ kind }) => `sallyport run -- ${kind}`).join(', ')
  return named === '' ? 'No tool that is known here speaks to that' : `What works now: ${named}`
}

const sayWhenItEnds = ({ accessEndsAt }: SignedIn, { world }: Asked): void =>
  world.complain(
    `The token of this tool works until ${new Date(accessEndsAt).toISOString().slice(0, 16).replace('T', ' ')} UTC; start it again after that.\n`,
  )

async function readManaged({ url, accessToken }: SignedIn): Promise<JsonObject | undefined> {
  const { status, json } = await ask(url, '/managed/settings', { accessToken })
  if (status === 404) return undefined
  if (status === 200 && isJsonObject(json) && isJsonObject(json['settings'])) return json['settings']
  throw new ControlError('policy-unreadable', `the policy for Claude Code cannot be read: status ${status}`)
}

async function readModels({ url, accessToken }: SignedIn): Promise<readonly string[]> {
  const { status, json } = await ask(url, '/v1/models', { accessToken })
  const read = modelsSchema.safeParse(json)
  if (status === 200 && read.success) return read.data.data.map(({ id }) => id)
  throw new ControlError('models-unreadable', `the models at ${url} cannot be read: status ${status}`)
}

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string().max(200) })).max(1_000) })

/** Gives the exit code of the tool; ended by a signal counts as in a shell. */
function start(program: string, words: readonly string[], environment: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'inherit', env: environment })
    const pass = (signal: NodeJS.Signals) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    // In a terminal the tool hears Ctrl-C itself; twice would mean something else.
    for (const signal of signals) process.on(signal, pass)
    const done = () => {
      for (const signal of signals) process.off(signal, pass)
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      done()
      const why = error.code === 'ENOENT' ? 'there is no such program' : error.message
      reject(new ControlError('not-started', `${printable(program)}: ${why}`, { cause: error }))
    })
    child.once('exit', (code, signal) => {
      done()
      resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0))
    })
  })
}
