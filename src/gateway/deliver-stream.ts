import type { ServerResponse } from 'node:http'
import { StringDecoder } from 'node:string_decoder'
import type { Dialect, SseEvent, StreamPart, StreamReader, Usage } from '#/chat/api.ts'
import { createSseParser } from '#/chat/sse.ts'
import { deadlines } from '#/core/deadlines.ts'
import { Refusal } from '#/core/refusal.ts'
import { assertTools } from '#/policy/use-case-terms.ts'
import { AnswerGate } from './answer-gate.ts'
import { answerHeaders } from './answer-headers.ts'
import { AnswerProgress } from './answer-progress.ts'
import { AnswerRecord } from './answer-record.ts'
import { call } from './call.ts'
import { errorFacts } from './error-facts.ts'
import { reportInAnswer } from './own-keys.ts'
import { refusalForFailure, refusalForStatus } from './provider-refusal.ts'
import type { GatewayServices } from './services.ts'
import { conclude, type Ending, mostTools } from './stages/conclude.ts'
import type { Intended } from './stages/intend.ts'
import { stoppedBy, switchOf } from './stops.ts'
import { noHead, type Upstream, type UpstreamCall, type UpstreamHead } from './upstream.ts'
import { failureText, keptOfFailure } from './without-secret.ts'

/**
 * Steps 8 to 12 for an answer that is sent as it comes. Gives the refusal the caller must still be told; `undefined`
 * when the stream was ended here, well or not. Throws `log-unavailable` when nothing was shown yet.
 */
export const deliverStream = (intended: Intended, services: GatewayServices): Promise<Refusal | undefined> =>
  new Promise((resolve, reject) => new StreamDelivery(intended, services, resolve, reject).start())

class StreamDelivery implements Upstream {
  readonly #intended: Intended
  readonly #services: GatewayServices
  readonly #resolve: (refusal: Refusal | undefined) => void
  readonly #reject: (error: unknown) => void
  readonly #response: ServerResponse
  readonly #dialect: Dialect
  readonly #reader: StreamReader
  readonly #parser = createSseParser()
  // A character may be split over two packets.
  readonly #decoder = new StringDecoder('utf8')
  readonly #gate: AnswerGate
  readonly #record = new AnswerRecord()
  readonly #progress: AnswerProgress
  readonly #tools = new Set<string>()
  #call: UpstreamCall | undefined
  #head: UpstreamHead = noHead
  #failureText = ''
  #firstByteAt: number | undefined
  #usage: Usage | undefined
  #finish: string | undefined
  /** Once true, nothing the provider still says counts. */
  #isOver = false
  /** The client reads more slowly than the provider writes. */
  #isPaused = false

  constructor(
    intended: Intended,
    services: GatewayServices,
    resolve: (refusal: Refusal | undefined) => void,
    reject: (error: unknown) => void,
  ) {
    const { decided, issued } = intended.transformed
    const { received } = decided.inspected.read.admitted.identified
    this.#intended = intended
    this.#services = services
    this.#resolve = resolve
    this.#reject = reject
    this.#response = received.response
    this.#dialect = received.dialect
    this.#reader = received.dialect.openStream()
    this.#gate = new AnswerGate({
      inspector: decided.inspected.inspector,
      issued,
      answerRules: decided.decision.answerRules,
      assertRights: this.#assertRights,
      onOwnKey: reportInAnswer(services),
    })
    this.#progress = new AnswerProgress(this.#record, intended, services, (error) => this.#failLog(error))
  }

  start(): void {
    this.#response.once('close', this.#onClose)
    this.#intended.transformed.decided.inspected.read.admitted.onCut((why) => this.#fail(why))
    // Who left while the intent was written is not heard leaving any more, and nothing is sent for them.
    if (this.#response.destroyed) this.#onClose()
    if (!this.#isOver) this.#call = call(this.#intended, this)
  }

  readonly #assertRights = (): void => {
    const why = this.#intended.transformed.decided.inspected.read.admitted.lookAgain()
    if (why !== undefined) throw why
  }

  readonly #onClose = (): void => {
    if (!this.#isOver) this.#stop('client-gone', undefined)
  }

  onHead(head: UpstreamHead): void {
    this.#head = head
    this.#firstByteAt = this.#services.clock.monotonic()
    if (head.status === 200 && !head.contentType.startsWith('text/event-stream'))
      this.#fail(this.#malformed())
  }

  onData(piece: Buffer): void {
    if (this.#isOver) {
      // Whoever goes on after the end would keep the connection for ever.
      this.#call?.abort()
      return
    }
    if (this.#head.status !== 200) {
      this.#failureText += piece.toString('utf8')
      if (this.#failureText.length > keptOfFailure) this.#fail(this.#refusalForStatus())
      return
    }
    this.#judging(() => this.#write(this.#read(piece)))
  }

  onEnd(): void {
    if (this.#isOver) return
    if (this.#head.status !== 200) this.#fail(this.#refusalForStatus())
    // Some servers end without their end marker; the answer is whole when its finish reason was given.
    else if (this.#finish === undefined) this.#fail(new Refusal('provider-cut', { offering: this.#offering }))
    else this.#judging(() => this.#finishWith(''))
  }

  /** What is held is judged while it is released: any text may turn out to be one that may not be shown. */
  #judging(release: () => void): void {
    try {
      release()
    } catch (error) {
      this.#fail(error instanceof Refusal ? error : this.#malformed(error))
    }
  }

  onFailure(error: Error): void {
    const { silenceLimitMs } = this.#intended.prepared.line.connection
    const hasBegun = this.#head.status !== 0
    this.#fail(refusalForFailure(error, { offering: this.#offering, silenceLimitMs, hasBegun }))
  }

  get #offering(): string {
    return this.#intended.transformed.decided.decision.offering.id
  }

  #refusalForStatus(): Refusal {
    return refusalForStatus(this.#head, this.#offering, this.#failureText)
  }

  #malformed(cause?: unknown): Refusal {
    return new Refusal('provider-malformed', { offering: this.#offering }, { cause })
  }

  /** SSE text that may go on after this piece. Stops at the provider's end marker. */
  #read(piece: Buffer): string {
    let written = ''
    for (const event of this.#parser.push(this.#decoder.write(piece))) {
      const part = this.#reader.read(event)
      if (part.isError)
        throw new Refusal('provider-error', { offering: this.#offering, status: this.#head.status })
      this.#note(part)
      if (this.#record.length > this.#services.limits.answerMaxBytes) throw this.#malformed()
      const passed = this.#pass(event, part)
      if (!part.isEnd) written += passed
      else {
        this.#finishWith(passed, written)
        return ''
      }
    }
    return written
  }

  #note(part: StreamPart): void {
    this.#usage = part.usage ?? this.#usage
    this.#finish = part.finish ?? this.#finish
    for (const { slot, text } of part.pieces) this.#record.push(slot, text)
    if (this.#intended.transformed.decided.decision.useCase.keepsContent) this.#progress.added()
    // A call without arguments has no text that would come to the gate.
    if (part.toolNames.length > 0) this.#assertRights()
    for (const name of part.toolNames) if (this.#tools.size < mostTools) this.#tools.add(name)
    const { switches } = this.#services
    const stop = part.toolNames.length === 0 ? undefined : switches.standing.findTool(() => part.toolNames)
    if (stop !== undefined) throw stoppedBy(stop, switches)
    if (part.toolNames.length > 0)
      assertTools(this.#intended.transformed.decided.decision.useCase, () => part.toolNames, true)
  }

  /** One event after the gate: as it came when nothing of it was held or changed, and no rule is strict. */
  #pass(event: SseEvent, part: StreamPart): string {
    const closing = part.closes === 'all' ? this.#gate.openSlots() : part.closes
    let isSame = true
    const texts = part.pieces.map((piece) => {
      let text = this.#gate.push(piece)
      if (part.closes === 'all' || part.closes.includes(piece.slot)) text += this.#gate.end(piece.slot)
      if (text !== piece.text) isSame = false
      return text
    })
    let released = ''
    for (const slot of closing) {
      const held = this.#gate.end(slot)
      if (held !== '') released += this.#reader.release(slot, held)
    }
    return released + (isSame && !this.#gate.isStrict ? event.raw : part.withTexts(texts))
  }

  #write(text: string): void {
    if (text === '' || this.#isOver) return
    this.#begin()
    if (this.#response.write(text) || this.#isPaused) return
    this.#isPaused = true
    this.#call?.pause()
    // Whoever reads nothing would keep a provider's connection for ever: as long as a provider may be silent, not longer.
    const { silenceLimitMs } = this.#intended.prepared.line.connection
    const deadline = deadlines.add(silenceLimitMs, () => this.#response.destroy())
    this.#response.once('drain', () => {
      deadlines.met(deadline)
      this.#isPaused = false
      this.#call?.resume()
    })
  }

  #begin(): void {
    if (!this.#response.headersSent) {
      this.#response.writeHead(200, answerHeaders(this.#intended, 'text/event-stream; charset=utf-8'))
    }
  }

  /** The answer is complete: everything before its end is shown, the end only once the outcome is on disk. */
  #finishWith(lastEvent: string, before = ''): void {
    this.#write(before)
    let held = ''
    for (const slot of this.#gate.openSlots()) {
      const text = this.#gate.end(slot)
      if (text !== '') held += this.#reader.release(slot, text)
    }
    this.#isOver = true
    this.#conclude('answered').then(
      () => {
        this.#begin()
        this.#response.end(held + lastEvent)
        this.#settle(undefined)
      },
      (error: unknown) => this.#giveUp(error),
    )
  }

  #fail(refusal: Refusal): void {
    if (!this.#isOver) this.#stop(refusal.code, refusal)
  }

  /** What came is not in the log as it should be, so nothing more of it is shown. */
  #failLog(error: unknown): void {
    this.#fail(error instanceof Refusal ? error : new Refusal('log-unavailable', {}, { cause: error }))
  }

  #stop(how: Ending['how'], refusal: Refusal | undefined): void {
    this.#isOver = true
    this.#call?.abort()
    this.#conclude(how, refusal).then(
      () => {
        if (refusal === undefined || !this.#response.headersSent) this.#settle(refusal)
        else this.#endWith(refusal)
      },
      (error: unknown) => this.#giveUp(error),
    )
  }

  /** The log failed: whoever already reads a stream is told inside it, anybody else with a status. */
  #giveUp(error: unknown): void {
    if (this.#response.headersSent && error instanceof Refusal) this.#endWith(error)
    else {
      this.#response.removeListener('close', this.#onClose)
      this.#reject(error)
    }
  }

  #endWith(refusal: Refusal): void {
    this.#response.end(this.#dialect.writeStreamError(errorFacts(refusal, this.#received)))
    this.#settle(undefined)
  }

  get #received() {
    return this.#intended.transformed.decided.inspected.read.admitted.identified.received
  }

  #settle(refusal: Refusal | undefined): void {
    this.#response.removeListener('close', this.#onClose)
    this.#resolve(refusal)
  }

  async #conclude(how: Ending['how'], refusal?: Refusal) {
    const why = refusal?.facts['why']
    const progress = await this.#progress.end()
    const ending: Ending = {
      how,
      why: typeof why === 'string' ? why : undefined,
      about: refusal && switchOf(refusal),
      status: this.#head.status,
      finish: this.#finish,
      usage: this.#usage,
      tools: [...this.#tools],
      findings: this.#gate.found.list(),
      answer:
        progress === undefined
          ? this.#record.whole() || failureText(this.#failureText, this.#intended.prepared.secret)
          : this.#record.rest(),
      progress,
      firstByteAt: this.#firstByteAt,
      characters: this.#record.length,
    }
    return conclude(this.#intended, ending, this.#services)
  }
}
