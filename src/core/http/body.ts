import type { IncomingMessage } from 'node:http'
import { deadlines } from '../deadlines.ts'
import { letGo } from '../let-go.ts'
import { Refusal } from '../refusal.ts'

export interface BodyLimits {
  readonly bodyMaxBytes: number
  readonly bodyMaxMs: number
}

/**
 * Reads a whole body. Bounded in bytes and in time. What arrives beyond the limit is thrown away without
 * being kept; the connection is closed after the answer, because the rest of the body is still on its way.
 *
 * Throws `Refusal` with `body-too-large`, `body-slow` or `encoding-refused`; a plain `Error` named
 * `ClientGone` when the client leaves.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    assertReadable(request, limits)
    const chunks: Buffer[] = []
    let bytes = 0
    const deadline = deadlines.add(limits.bodyMaxMs, () =>
      settle(new Refusal('body-slow', { limitMs: limits.bodyMaxMs })),
    )
    const settle = (error: Error) => {
      deadlines.met(deadline)
      request.removeListener('data', take)
      // Without a reader the socket would stall; what still comes is read and forgotten until the connection closes.
      request.resume()
      reject(error)
    }
    const take = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limits.bodyMaxBytes) settle(tooLarge(limits))
      else chunks.push(chunk)
    }
    request.on('data', take)
    request.once('end', () => {
      deadlines.met(deadline)
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : whole(chunks, bytes))
    })
    request.once('error', (error) => settle(new ClientGone(error)))
    request.once('close', () => {
      if (!request.complete) settle(new ClientGone())
    })
  })
}

/** The pieces are nobody else's: of a document they are as much again outside of the heap. */
function whole(chunks: readonly Buffer[], bytes: number): Buffer {
  const body = Buffer.concat(chunks, bytes)
  for (const chunk of chunks) letGo(chunk)
  return body
}

const tooLarge = ({ bodyMaxBytes }: BodyLimits): Refusal =>
  new Refusal('body-too-large', { limitBytes: bodyMaxBytes })

function assertReadable({ headers, destroyed }: IncomingMessage, limits: BodyLimits): void {
  // Nobody hears them leave any more.
  if (destroyed) throw new ClientGone()
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') throw new Refusal('encoding-refused', { encoding })
  if (Number(headers['content-length']) > limits.bodyMaxBytes) throw tooLarge(limits)
}

/**
 * A body that is all there already, as short ones are once the event loop has read what there is to read: without a
 * listener and without a turn. Undefined when it is not, or was taken before; then `readBody` waits for it. Throws like `readBody`.
 */
export function takeBody(request: IncomingMessage, limits: BodyLimits): Buffer | undefined {
  if (!request.complete || request.readableEnded || request.readableFlowing !== null) return undefined
  assertReadable(request, limits)
  const bytes: Buffer | null = request.read()
  if (bytes === null) return Buffer.alloc(0)
  if (bytes.length > limits.bodyMaxBytes) throw tooLarge(limits)
  return bytes
}

/** The client left before it was answered. Nobody is there to read an error. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
  constructor(cause?: unknown) {
    super('the client closed the connection', { cause })
  }
}
