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
 * Throws `Refusal` with `body-too-large`, `body-slow` or `encoding-refused`, which is for any coding but `coding`; a
 * plain `Error` named `ClientGone` when the client leaves.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits, coding = plain): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    assertReadable(request, limits, coding)
    const pieces = new Pieces()
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
      if (pieces.bytes + chunk.length > limits.bodyMaxBytes) settle(tooLarge(limits))
      else pieces.add(chunk)
    }
    request.on('data', take)
    request.once('end', () => {
      deadlines.met(deadline)
      resolve(pieces.whole())
    })
    request.once('error', (error) => settle(new ClientGone(error)))
    request.once('close', () => {
      if (!request.complete) settle(new ClientGone())
    })
  })
}

/** More short pieces than this are no accident of the network. */
const keptShortPieces = 64
const shortBytes = 4_096
const spaceBytes = 65_536
const noSpace = Buffer.alloc(0)

/**
 * What came of a body, or of an answer. A piece of one byte takes half a kilobyte where it lies: of a body that comes byte by byte that would
 * be gigabytes, so many short pieces are put together as they come.
 */
export class Pieces {
  bytes = 0
  readonly #inOrder: Buffer[] = []
  /** What holds their bytes. */
  readonly #owned: Buffer[] = []
  #shortPieces = 0
  #space: Buffer = noSpace
  /** Where in the space the piece that is being put together begins and ends. */
  #start = 0
  #end = 0

  add(chunk: Buffer): void {
    this.bytes += chunk.length
    if (chunk.length < shortBytes && ++this.#shortPieces > keptShortPieces) {
      this.#put(chunk)
      return
    }
    this.#close()
    this.#inOrder.push(chunk)
    this.#owned.push(chunk)
  }

  /** Called once. Of a document the pieces are as much again outside of the heap, so they go. */
  whole(): Buffer {
    const body = this.joined()
    if (this.#inOrder.length > 1) for (const owned of this.#owned) letGo(owned)
    return body
  }

  /** For pieces that may be somebody else's, too. */
  joined(): Buffer {
    this.#close()
    const [first] = this.#inOrder
    return first !== undefined && this.#inOrder.length === 1
      ? first
      : Buffer.concat(this.#inOrder, this.bytes)
  }

  #put(chunk: Buffer): void {
    if (this.#end + chunk.length > this.#space.length) {
      this.#close()
      this.#space = Buffer.allocUnsafeSlow(spaceBytes)
      this.#owned.push(this.#space)
      this.#start = 0
      this.#end = 0
    }
    this.#space.set(chunk, this.#end)
    this.#end += chunk.length
  }

  #close(): void {
    if (this.#end === this.#start) return
    this.#inOrder.push(this.#space.subarray(this.#start, this.#end))
    this.#start = this.#end
  }
}

export const tooLarge = ({ bodyMaxBytes }: BodyLimits): Refusal =>
  new Refusal('body-too-large', { limitBytes: bodyMaxBytes })

/** No coding at all. */
const plain = 'identity'

function assertReadable(
  { headers, destroyed }: IncomingMessage,
  limits: BodyLimits,
  coding: string = plain,
): void {
  // Nobody hears them leave any more.
  if (destroyed) throw new ClientGone()
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== coding)
    throw new Refusal('encoding-refused', { encoding })
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
