import type { WholeAnswer } from '#/chat/api.ts'
import { patchBody } from '#/chat/patch.ts'
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
import { conclude, type Ending, mostTools } from './stages/conclude.ts'
import type { Intended } from './stages/intend.ts'
import { stoppedBy, switchOf } from './stops.ts'
import { summaryOf } from './tasks/summary.ts'
import type { Upstream, UpstreamCall } from './upstream.ts'
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
    (await inARow(() => admitted.lookAgain() ?? check(collected.bytes, intended, services, found)))
  const isAnswer = !(checked instanceof Refusal) && checked !== 'client-gone'
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
      ...endingOf(isAnswer ? checked.answer : undefined),
    },
    services,
  )
  if (checked instanceof Refusal) return checked
  if (isAnswer) write(intended, checked.released)
  return undefined
}

const whyOf = ({ facts }: Refusal): string | undefined =>
  typeof facts['why'] === 'string' ? facts['why'] : undefined

const endingOf = (answer: WholeAnswer | undefined): Pick<Ending, 'finish' | 'usage' | 'tools'> => ({
  finish: answer?.finish,
  usage: answer?.usage,
  tools: [...new Set(answer?.toolNames)].slice(0, mostTools),
})

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
    return { answer, released, sent: answer.segments.map(({ text }) => text).join('\n') }
  } catch (error) {
    if (error instanceof Refusal && isAboutAnswer.has(error.code)) return error
    return new Refusal('provider-malformed', { offering: decided.decision.offering.id }, { cause: error })
  }
}

function collect(intended: Intended, services: GatewayServices): Promise<Collected> {
  const { decision, inspected } = intended.transformed.decided
  const { admitted } = inspected.read
  const { response } = admitted.identified.received
  const offering = decision.offering.id
  const { silenceLimitMs } = intended.prepared.line.connection
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    let bytes = 0
    let status = 0
    let firstByteAt: number | undefined
    let isSettled = false
    let started: UpstreamCall | undefined
    const settle = (refusal: Collected['refusal']) => {
      isSettled = true
      response.removeListener('close', leave)
      const [first] = pieces
      const whole = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces, bytes)
      resolve({ bytes: whole, status, firstByteAt, refusal })
    }
    const stop = (refusal: Collected['refusal']) => {
      started?.abort()
      settle(refusal)
    }
    const leave = () => stop('client-gone')
    const upstream: Upstream = {
      onHead: (given) => {
        status = given
        firstByteAt = services.clock.monotonic()
      },
      onData: (piece) => {
        bytes += piece.length
        if (bytes > services.limits.answerMaxBytes) stop(new Refusal('provider-malformed', { offering }))
        else pieces.push(piece)
        if (status !== 200 && bytes > keptOfFailure) stop(refusalForStatus(status, offering))
      },
      onEnd: () => settle(status === 200 ? undefined : refusalForStatus(status, offering)),
      onFailure: (error) =>
        settle(refusalForFailure(error, { offering, silenceLimitMs, hasBegun: status !== 0 })),
    }
    response.once('close', leave)
    admitted.onCut(stop)
    // Who left while the intent was written is not heard leaving any more, and nothing is sent for them.
    if (response.destroyed) leave()
    if (!isSettled) started = call(intended, upstream)
  })
}

function write(intended: Intended, released: Buffer): void {
  const { response } = intended.transformed.decided.inspected.read.admitted.identified.received
  const headers = answerHeaders(intended, 'application/json')
  headers['content-length'] = String(released.length)
  response.writeHead(200, headers)
  // As a text it goes out in one piece with the headers.
  response.end(released.toString('latin1'), 'latin1')
}
