import type { Provider } from '#/providers/api.ts'
import type { Intended } from './stages/intend.ts'
import type { Upstream, UpstreamCall } from './upstream.ts'

/** A provider that answers in this process. */
export type InProcessProvider = Extract<Provider, { speaks: 'chat' }>

/**
 * Lets a provider in process answer in the caller's dialect, heard like any other: the same checks read the
 * same wire, so that nothing about the demo model is a special case.
 */
export function callInProcess(
  provider: InProcessProvider,
  intended: Intended,
  upstream: Upstream,
): UpstreamCall {
  const controller = new AbortController()
  const gate = new Gate()
  run(provider, intended, upstream, controller.signal, gate).catch((error: unknown) => {
    if (!controller.signal.aborted)
      upstream.onFailure(error instanceof Error ? error : new Error(String(error)))
  })
  return { abort: () => controller.abort(), pause: () => gate.close(), resume: () => gate.open() }
}

async function run(
  provider: InProcessProvider,
  intended: Intended,
  upstream: Upstream,
  signal: AbortSignal,
  gate: Gate,
): Promise<void> {
  const { chat, admitted } = intended.transformed.decided.inspected.read
  const { dialect, requestId } = admitted.identified.received
  const writer = dialect.openWriter({
    id: requestId,
    model: chat.model,
    createdAtMs: Date.now(),
    includeUsage: includesUsage(chat.body),
  })
  upstream.onHead({
    status: 200,
    contentType: chat.isStream ? 'text/event-stream' : 'application/json',
    retryAfterSeconds: undefined,
  })
  for await (const event of provider.answer(dialect.conversation(intended.prepared.body), signal)) {
    const written = writer.event(event)
    await gate.passed()
    if (signal.aborted) return
    if (chat.isStream) upstream.onData(Buffer.from(written))
  }
  if (!chat.isStream) upstream.onData(Buffer.from(JSON.stringify(writer.whole())))
  upstream.onEnd()
}

const includesUsage = (body: { readonly stream_options?: unknown }): boolean =>
  (body.stream_options as { include_usage?: unknown } | undefined)?.include_usage === true

/** Holds the model back while the caller reads slowly. */
class Gate {
  #opened: (() => void) | undefined
  #passed: Promise<void> | undefined

  close(): void {
    this.#passed ??= new Promise((resolve) => {
      this.#opened = resolve
    })
  }

  open(): void {
    this.#opened?.()
    this.#passed = undefined
  }

  passed(): Promise<void> | undefined {
    return this.#passed
  }
}
