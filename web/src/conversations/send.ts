import { isDataClass } from '#/core/data-class.ts'
import { reach, readJson } from '../core/ask.ts'
import { cut, malformed, ProblemError, readProblem } from '../core/problem.ts'
import type { Message } from './history.ts'
import { createSseReader } from './sse.ts'
import type { Crossing, Ending, Sending } from './state.ts'

export interface Outgoing {
  readonly messages: readonly Message[]
  readonly sending: Sending
  readonly csrf: string
}

export interface Listener {
  /** The gate took the message; comes before any text. */
  readonly onTaken: (crossing: Crossing) => void
  readonly onText: (text: string) => void
}

/** Sends one message and tells of its answer as it comes. Never throws but for a defect: every way it can end is an `Ending`. */
export async function send(outgoing: Outgoing, listener: Listener, signal: AbortSignal): Promise<Ending> {
  let isTaken = false
  try {
    const response = await reach('/api/chat', { ...requestOf(outgoing), signal })
    const requestId = response.headers.get('x-request-id') ?? undefined
    if (!response.ok || response.body === null) {
      return { status: 'refused', problem: readProblem(await readJson(response), response.status, requestId) }
    }
    isTaken = true
    listener.onTaken(crossingOf(response.headers, requestId, outgoing.sending, Date.now()))
    return await readAnswer(response.body, requestId, listener.onText)
  } catch (error) {
    if (signal.aborted) return { status: 'stopped' }
    if (error instanceof ProblemError)
      return { status: isTaken ? 'broken' : 'refused', problem: error.problem }
    throw error
  }
}

export function requestOf({ messages, sending, csrf }: Outgoing): RequestInit {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sallyport-csrf': csrf,
      ...(sending.declaredClass === undefined ? {} : { 'x-sallyport-class': sending.declaredClass }),
      ...(sending.useCase === undefined ? {} : { 'x-sallyport-use-case': sending.useCase }),
      ...(sending.mask ? { 'x-sallyport-remedy': 'mask' } : {}),
      // A header holds plain letters only.
      ...(sending.justification === undefined
        ? {}
        : { 'x-sallyport-justification': encodeURIComponent(sending.justification) }),
      ...(sending.acknowledge === undefined || sending.acknowledge.length === 0
        ? {}
        : { 'x-sallyport-acknowledge': sending.acknowledge.join(', ') }),
    },
    body: JSON.stringify({
      model: sending.model,
      stream: true,
      stream_options: { include_usage: true },
      messages,
    }),
  }
}

export function crossingOf(
  headers: Pick<Headers, 'get'>,
  requestId: string | undefined,
  sending: Sending,
  atMs: number,
): Crossing {
  const dataClass = headers.get('x-sallyport-class')
  return {
    changed: Number(headers.get('x-sallyport-changed') ?? 0) || 0,
    class: isDataClass(dataClass) ? dataClass : undefined,
    offering: headers.get('x-sallyport-offering') ?? sending.model,
    receipt: headers.get('x-sallyport-receipt') ?? undefined,
    requestId,
    atMs,
  }
}

async function readAnswer(
  body: ReadableStream<Uint8Array>,
  requestId: string | undefined,
  onText: (text: string) => void,
): Promise<Ending> {
  const reader = body.getReader()
  const events = createSseReader()
  let finish: string | undefined
  for (;;) {
    const { done, value } = await readPiece(reader, requestId)
    if (done || value === undefined) return { status: 'broken', problem: cut(requestId) }
    for (const data of readEvents(() => events.push(value), requestId)) {
      if (data === '[DONE]') return { status: 'answered', finish }
      const chunk = readChunk(data, requestId)
      if (chunk.problem !== undefined) return { status: 'broken', problem: chunk.problem }
      if (chunk.text !== '') onText(chunk.text)
      finish = chunk.finish ?? finish
    }
  }
}

/** A connection lost on the way is a cut answer; an abort goes on to `send`. */
async function readPiece(reader: ReadableStreamDefaultReader<Uint8Array>, requestId: string | undefined) {
  try {
    return await reader.read()
  } catch (error) {
    throw new ProblemError(cut(requestId), { cause: error })
  }
}

function readEvents(read: () => readonly string[], requestId: string | undefined): readonly string[] {
  try {
    return read()
  } catch (error) {
    throw new ProblemError(malformed(requestId), { cause: error })
  }
}

interface Chunk {
  readonly text: string
  readonly finish?: string
  readonly problem?: ReturnType<typeof readProblem>
}

interface WireChunk {
  readonly error?: unknown
  readonly choices?: readonly {
    readonly delta?: { readonly content?: unknown; readonly refusal?: unknown }
    readonly finish_reason?: unknown
  }[]
}

/** One `chat.completion.chunk`, or the error that ends a stream. Throws `ProblemError` on what is neither. */
export function readChunk(data: string, requestId: string | undefined): Chunk {
  let chunk: WireChunk
  try {
    chunk = JSON.parse(data) as WireChunk
  } catch (error) {
    throw new ProblemError(malformed(requestId), { cause: error })
  }
  if (chunk?.error !== undefined) return { text: '', problem: readProblem(chunk, 0, requestId) }
  const choice = chunk?.choices?.[0]
  // A vendor's model may decline in a field of its own; it is said like any other text.
  const text = choice?.delta?.content ?? choice?.delta?.refusal
  return {
    text: typeof text === 'string' ? text : '',
    ...(typeof choice?.finish_reason === 'string' ? { finish: choice.finish_reason } : {}),
  }
}
