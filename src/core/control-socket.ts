import { chmodSync, closeSync, openSync, rmSync } from 'node:fs'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { describeError } from './log-line.ts'
import { Refusal } from './refusal.ts'

/**
 * The command line's way into a running Sallyport: HTTP with JSON on a unix socket in the data folder. Who may
 * open the socket (mode 0600 in a folder of mode 0700) may do everything; there is no other check.
 * `POST /NAME` with the input gives `{"result"}` or `{"error":{"code","message"}}`.
 */
export type ControlHandlers = Readonly<Record<string, (input: never) => Promise<unknown>>>

export interface ControlServer {
  readonly close: () => Promise<void>
}

/** What the other side answered, or why there was no answer. `code` is one of a refusal, or one of ours below. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Nobody listens: the caller may take the lock and work by itself. */
export const notRunning = 'not-running'
/** The connection broke or nothing came in time: whether it was done is unknown. */
export const noAnswer = 'no-answer'

/** A record file is some hundred kilobytes, a search some thousand entries. */
const maxInputBytes = 8 * 1024 * 1024
const maxOutputBytes = 64 * 1024 * 1024
const answerLimitMs = 120_000

export const controlSocketPath = (dataFolder: string): string => join(dataFolder, 'control.sock')

/**
 * Listens at `path`. A socket left by a killed process is removed once nobody answers on it; call this only
 * while holding the folder's lock. Throws when somebody does answer.
 */
export async function serveControl(path: string, handlers: ControlHandlers): Promise<ControlServer> {
  const short = shorten(path)
  try {
    if (await isAnswered(short.path)) throw new Error(`another process already listens at ${path}`)
    rmSync(short.path, { force: true })
    const server = createServer((request, response) => void answer(request, response, handlers))
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen(short.path, done)
    })
    chmodSync(short.path, 0o600)
    return {
      close: async () => {
        await new Promise<void>((done) => {
          server.close(() => done())
          server.closeIdleConnections()
        })
        short.release()
      },
    }
  } catch (error) {
    short.release()
    throw error
  }
}

/** Asks a running Sallyport. Throws `ControlError`: its code and sentence, `not-running`, or `no-answer`. */
export async function callControl(path: string, name: string, input: unknown): Promise<unknown> {
  const short = shorten(path)
  try {
    const text = await post(short.path, name, JSON.stringify(input))
    const { result, error } = readAnswer(text)
    if (error !== undefined) throw new ControlError(error.code, error.message)
    return result
  } finally {
    short.release()
  }
}

/** What an error of a handler is called on the other side of the socket. */
export function toControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (error instanceof Refusal) {
    const remedies = error.remedies.map(({ text }) => text)
    return new ControlError(error.code, [error.message, ...remedies].join(' '), { cause: error })
  }
  if (isSaid(error)) return new ControlError(error.code, error.message, { cause: error })
  return new ControlError('defect', describeError(error), { cause: error })
}

/** Our own errors carry a code and a message meant for people; those of the system carry a call and a number too. */
const isSaid = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  !('errno' in error) &&
  !error.code.startsWith('ERR_')

/** The system takes 108 bytes for the path of a socket (104 on macOS), its end marker counted. */
const maxPathBytes = 100

interface ShortPath {
  readonly path: string
  readonly release: () => void
}

/** Linux reaches a folder of any depth through an open descriptor; elsewhere a long path is an error. */
function shorten(path: string): ShortPath {
  if (Buffer.byteLength(path) <= maxPathBytes) return { path, release: () => undefined }
  if (process.platform !== 'linux') {
    throw new Error(
      `the path ${path} is longer than the ${maxPathBytes} bytes a socket may have; name a shorter folder with SALLYPORT_DATA`,
    )
  }
  let folder: number
  try {
    folder = openSync(dirname(path), 'r')
  } catch (error) {
    throw new ControlError(notRunning, `there is no folder ${dirname(path)}`, { cause: error })
  }
  let isOpen = true
  const release = () => {
    if (isOpen) closeSync(folder)
    isOpen = false
  }
  return { path: `/proc/self/fd/${folder}/${basename(path)}`, release }
}

const isNobody = (code: string | undefined): boolean => code === 'ENOENT' || code === 'ECONNREFUSED'

function isAnswered(path: string): Promise<boolean> {
  return new Promise((done, fail) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => (isNobody(error.code) ? done(false) : fail(error)))
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: ControlHandlers,
): Promise<void> {
  let body: string
  try {
    const name = (request.url ?? '').slice(1)
    const handle = Object.hasOwn(handlers, name) ? handlers[name] : undefined
    const input = await readInput(request)
    if (handle === undefined)
      throw new ControlError('command-unknown', `the running Sallyport has no command "${name}"`)
    body = JSON.stringify({ result: await handle(input as never) })
  } catch (error) {
    const { code, message } = toControlError(error)
    body = JSON.stringify({ error: { code, message } })
  }
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(body)
}

async function readInput(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // What is too much is read and forgotten: leaving early would cut the connection before the error is read.
    if (bytes <= maxInputBytes) chunks.push(chunk)
  }
  if (bytes > maxInputBytes)
    throw new ControlError('input-too-large', `the input is larger than ${maxInputBytes} bytes`)
  try {
    return JSON.parse(Buffer.concat(chunks, bytes).toString('utf8'))
  } catch (error) {
    throw new ControlError('input-invalid', 'the input is not JSON', { cause: error })
  }
}

function post(socketPath: string, name: string, body: string): Promise<string> {
  return new Promise((done, fail) => {
    const lost = (error: NodeJS.ErrnoException) =>
      fail(
        isNobody(error.code)
          ? new ControlError(notRunning, 'Sallyport is not running', { cause: error })
          : new ControlError(
              noAnswer,
              `Sallyport did not answer (${error.message}); whether it was done is unknown`,
              {
                cause: error,
              },
            ),
      )
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = ask(
      { socketPath, path: `/${name}`, method: 'POST', headers, timeout: answerLimitMs },
      (response) => {
        const chunks: Buffer[] = []
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > maxOutputBytes)
            response.destroy(new Error(`the answer is larger than ${maxOutputBytes} bytes`))
          else chunks.push(chunk)
        })
        response.once('end', () => done(Buffer.concat(chunks, bytes).toString('utf8')))
        response.once('error', lost)
      },
    )
    asked.once('timeout', () => asked.destroy(new Error(`nothing came within ${answerLimitMs} ms`)))
    asked.once('error', lost)
    asked.end(body)
  })
}

function readAnswer(text: string): {
  readonly result?: unknown
  readonly error?: { code: string; message: string }
} {
  try {
    const read = JSON.parse(text) as { result?: unknown; error?: { code: string; message: string } }
    if (typeof read === 'object' && read !== null) return read
  } catch {
    // Falls through: an answer that is no JSON is said below.
  }
  throw new ControlError(noAnswer, 'what answered at the control socket is not a Sallyport')
}
