import type { WholeAnswer } from '#/chat/api.ts'
import { patchBody } from '#/chat/patch.ts'
import { Pieces } from '#/core/http/body.ts'
import { isJsonObject } from '#/core/json.ts'
import { readJsonObject } from '#/core/read-json.ts'
import { Refusal } from '#/core/refusal.ts'
import { assertTools } from '#/policy/use-case-terms.ts'
import { AnswerFindings, createJudge, type GateFacts, isStrict, treatAnswers } from './answer-gate.ts'
import { answerHeaders } from './answer-headers.ts'
import { call } from './call.ts'
import { inARow } from './in-a-row.ts'
import { reportInAnswer } from './own-keys.ts'
import { refusalForFailure, refusalForStatus } from './provider-refusal.ts'
import type { GatewayServices } from './services.ts'
import { conclude, mostTools } from './stages/conclude.ts'
import type { Intended } from './stages/intend.ts'
import { stoppedBy, switchOf } from './stops.ts'
import { summaryOf } from './tasks/summary.ts'
import { noHead, type Upstream, type UpstreamCall, type UpstreamHead } from './upstream.ts'
import { failureText, keptOfFailure } from './without-secret.ts'

/** What came back, or why nothing did. */
interface Collected {
  readonly bytes: Buffer
  readonly status: number
  readonly firstByteAt: number | undefined
  readonly refusal: Refusal | 'client-gone' | undefined
}

/**
 * Steps 8 to 12 for an answer that is sent whole. Gives the refusal the caller must still be told; `undefined`
 * when the answer was written or nobody is there to read it. Throws `log-unavailable`.
 */
export async function deliverWhole(
  intended: Intended,
  services: GatewayServices,
): Promise<Refusal | undefined> {
  const collected = await collect(intended, services)
  const found = new AnswerFindings()
  const { admitted } = intended.transformed.decided.inspected.read
  // The caller's turn may have taken a while to come: whether they may still have it is looked at then.
  const checked =
    collected.refusal ??
    (await inARow('check', () => admitted.lookAgain() ?? check(collected.bytes, intended, services, found)))
  const isAnswer = !(checked instanceof Refusal) && checked !== 'client-gone'
  const answer = isAnswer ? checked.answer : undefined
  await conclude(
    intended,
    {
      how: isAnswer ? 'answered' : checked instanceof Refusal ? checked.code : checked,
      why: checked instanceof Refusal ? whyOf(checked) : undefined,
      about: checked instanceof Refusal ? switchOf(checked) : undefined,
      status: collected.status,
      firstByteAt: collected.firstByteAt,
      characters: collected.bytes.length,
      answer: isAnswer
        ? checked.sent
        : failureText(collected.bytes.toString('utf8', 0, keptOfFailure), intended.prepared.secret),
      progress: undefined,
      findings: found.list(),
      finish: answer?.finish,
      usage: answer?.usage,
      tools: toolsOf(answer?.toolNames),
    },
    services,
  )
  if (checked instanceof Refusal) return checked
  if (isAnswer) write(intended, checked.released)
  return undefined
}

const whyOf = ({ facts }: Refusal): string | undefined =>
  typeof facts['why'] === 'string' ? facts['why'] : undefined

const toolsOf = (names: readonly string[] | undefined): readonly string[] =>
  names === undefined || names.length === 0 ? noTools : [...new Set(names)].slice(0, mostTools)

const noTools: readonly string[] = []

/** Refusals that say what is wrong with an answer that could be read. */
const isAboutAnswer: ReadonlySet<string> = new Set([
  'answer-blocked',
  'answer-schema',
  'held',
  'tool-not-allowed',
])

interface Checked {
  readonly answer: WholeAnswer
  /** All texts the provider sent. */
  readonly sent: string
  /** The body that may be shown. */
  readonly released: Buffer
}

const textOf = ({ segments }: WholeAnswer): string =>
  segments.length === 1 && segments[0] !== undefined
    ? segments[0].text
    : segments.map(({ text }) => text).join('\n')

function check(
  bytes: Buffer,
  intended: Intended,
  services: GatewayServices,
  found: AnswerFindings,
): Checked | Refusal {
  const { decided, issued } = intended.transformed
  const { inspector, read } = decided.inspected
  const { answerRules } = decided.decision
  const facts: GateFacts = { inspector, issued, answerRules, onOwnKey: reportInAnswer(services) }
  try {
    const body = readJsonObject(bytes, services.limits.jsonMaxDepth)
    // Some servers say 200 all the same, and what is wrong in the body.
    if (isJsonObject(body['error']))
      return new Refusal('provider-error', { offering: decided.decision.offering.id, status: 200 })
    const { dialect } = read.admitted.identified.received
    const answer = dialect.readAnswer(body)
    const stop = services.switches.standing.findTool(() => answer.toolNames)
    if (stop !== undefined) return stoppedBy(stop, services.switches)
    assertTools(decided.decision.useCase, () => answer.toolNames, true)
    const edits = treatAnswers(answer.segments, createJudge(facts, found))
    const patched = edits.length === 0 ? body : patchBody(body, edits)
    const shown = patched !== body || isStrict(facts.answerRules) ? dialect.withoutEchoes(patched) : body
    const { task } = read.admitted.identified.received
    const released =
      task !== undefined
        ? task.answer(shown, answer.finish, summaryOf(intended))
        : shown === body
          ? bytes
          : Buffer.from(JSON.stringify(shown))
    return { answer, released, sent: textOf(answer) }
  } catch (error) {
    if (error instanceof Refusal && isAboutAnswer.has(error.code)) return error
    return new Refusal('provider-malformed', { offering: decided.decision.offering.id }, { cause: error })
  }
}

const collect = (intended: Intended, services: GatewayServices): Promise<Collected> =>
  new Promise((resolve) => new Collector(intended, services, resolve).start())

/** Hears one answer until it is whole, or until it is clear that nothing more of it is wanted. */
class Collector implements Upstream {
  readonly #intended: Intended
  readonly #services: GatewayServices
  readonly #resolve: (collected: Collected) => void
  readonly #pieces = new Pieces()
  #bytes = 0
  #head: UpstreamHead = noHead
  #firstByteAt: number | undefined
  #isSettled = false
  #started: UpstreamCall | undefined

  constructor(intended: Intended, services: GatewayServices, resolve: (collected: Collected) => void) {
    this.#intended = intended
    this.#services = services
    this.#resolve = resolve
  }

  start(): void {
    const { admitted } = this.#intended.transformed.decided.inspected.read
    const { response } = admitted.identified.received
    // Never taken back, which costs more than hearing that a response is over after all was settled.
    response.on('close', () => this.#stop('client-gone'))
    admitted.onCut((why) => this.#stop(why))
    // Who left while the intent was written is not heard leaving any more, and nothing is sent for them.
    if (response.destroyed) this.#stop('client-gone')
    if (!this.#isSettled) this.#started = call(this.#intended, this)
  }

  onHead(head: UpstreamHead): void {
    this.#head = head
    this.#firstByteAt = this.#services.clock.monotonic()
  }

  onData(piece: Buffer): void {
    this.#bytes += piece.length
    if (this.#bytes > this.#services.limits.answerMaxBytes)
      this.#stop(new Refusal('provider-malformed', { offering: this.#offering }))
    else this.#pieces.add(piece)
    if (this.#head.status !== 200 && this.#bytes > keptOfFailure) this.#stop(this.#refusalForStatus())
  }

  onEnd(): void {
    this.#settle(this.#head.status === 200 ? undefined : this.#refusalForStatus())
  }

  onFailure(error: Error): void {
    const { silenceLimitMs } = this.#intended.prepared.line.connection
    const hasBegun = this.#head.status !== 0
    this.#settle(refusalForFailure(error, { offering: this.#offering, silenceLimitMs, hasBegun }))
  }

  #refusalForStatus(): Refusal {
    const said = this.#pieces.joined().toString('utf8', 0, keptOfFailure)
    return refusalForStatus(this.#head, this.#offering, said)
  }

  get #offering(): string {
    return this.#intended.transformed.decided.decision.offering.id
  }

  #stop(refusal: Collected['refusal']): void {
    if (this.#isSettled) return
    this.#started?.abort()
    this.#settle(refusal)
  }

  #settle(refusal: Collected['refusal']): void {
    this.#isSettled = true
    const bytes = this.#pieces.joined()
    this.#resolve({ bytes, status: this.#head.status, firstByteAt: this.#firstByteAt, refusal })
  }
}

function write(intended: Intended, released: Buffer): void {
  const { response } = intended.transformed.decided.inspected.read.admitted.identified.received
  const headers = answerHeaders(intended, 'application/json')
  headers['content-length'] = String(released.length)
  response.writeHead(200, headers)
  // As a text it goes out in one piece with the headers.
  response.end(released.toString('latin1'), 'latin1')
}
