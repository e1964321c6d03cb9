import type { Evidence, Remedy } from '#/core/refusal.ts'

/** A place in the request that was refused, and the rule behind it when the gate names one. */
export type Place = Evidence & { readonly rule?: string }

/** What rules ask of the person before something goes. */
export interface Asks {
  readonly wantsReason: boolean
  readonly notices: readonly { readonly rule: string; readonly text: string }[]
}

/** What the gate said instead of an answer, or what the page found out by itself (`offline`, `cut`). */
export interface Problem {
  readonly code: string
  readonly message: string
  /** 0 when no answer came at all. */
  readonly status: number
  readonly remedies: readonly Remedy[]
  readonly findings: readonly Place[]
  readonly asks?: Asks | undefined
  /** The field of the request that is wrong, dotted, when it is one: `conditions.highestClass`. */
  readonly field?: string | undefined
  readonly requestId: string | undefined
}

/** Thrown by everything in the page that asks the gate. */
export class ProblemError extends Error {
  readonly problem: Problem
  override readonly name = 'ProblemError'
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.problem = problem
  }
}

const sendAgain: Remedy = { id: 'retry-later', text: 'Send the same message again.' }

/** The gate could not be asked. Whether it got the request is not known, so nothing is claimed. */
export const offline: Problem = {
  code: 'offline',
  message: 'The gate cannot be reached from this browser.',
  status: 0,
  remedies: [{ id: 'retry-later', text: 'Check your connection, then send again. Your draft is kept.' }],
  findings: [],
  requestId: undefined,
}

/** A stream that stopped without its end marker and without an error. */
export const cut = (requestId: string | undefined): Problem => ({
  code: 'cut',
  message: 'The connection ended before the answer was complete.',
  status: 0,
  remedies: [sendAgain],
  findings: [],
  requestId,
})

/** The event of a stream that cannot be read. */
export const malformed = (requestId: string | undefined): Problem => ({
  ...cut(requestId),
  code: 'malformed',
  message: 'A part of the answer could not be read, so the page stopped there.',
})

/**
 * Reads the envelope of `/api`, or OpenAI's inside a stream, which may lack everything but the message. Never
 * throws: an answer that is no envelope (a proxy's page, an empty body) becomes a problem that says so.
 */
export function readProblem(body: unknown, status: number, requestId: string | undefined): Problem {
  const error = field(body, 'error')
  const id = text(field(error, 'requestId') ?? field(error, 'request_id') ?? requestId)
  const remedies = list(field(error, 'remedies')).filter(isRemedy)
  const message = text(field(error, 'message'))
  return {
    code: text(field(error, 'code')) ?? 'unreadable',
    message:
      message === undefined
        ? `The gate answered with status ${status} and no reason.`
        : sentenceOf(message, remedies, id),
    status,
    remedies,
    findings: list(field(error, 'findings')).filter(isPlace),
    ...readAsks(field(error, 'asks')),
    field: text(field(error, 'field')),
    requestId: id,
  }
}

/** Clients that show nothing but a message get everything in it; the page shows the rest in its own places. */
function sentenceOf(message: string, remedies: readonly Remedy[], requestId: string | undefined): string {
  const works =
    remedies.length === 0 ? '' : ` What works now: ${remedies.map((each) => each.text).join(' Or: ')}`
  const rest = `${works} (request ${requestId})`
  return message.endsWith(rest) ? message.slice(0, -rest.length) : message
}

function readAsks(asks: unknown): { readonly asks?: Asks } {
  if (typeof asks !== 'object' || asks === null) return {}
  const notices = list(field(asks, 'notices')).flatMap((notice) => {
    const [rule, shown] = [text(field(notice, 'rule')), text(field(notice, 'text'))]
    return rule === undefined || shown === undefined ? [] : [{ rule, text: shown }]
  })
  return { asks: { wantsReason: field(asks, 'wantsReason') === true, notices } }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isRemedy = (value: unknown): value is Remedy =>
  text(field(value, 'id')) !== undefined && text(field(value, 'text')) !== undefined
const isPlace = (value: unknown): value is Place =>
  text(field(value, 'field')) !== undefined &&
  Number.isInteger(field(value, 'start')) &&
  Number.isInteger(field(value, 'end')) &&
  text(field(value, 'label')) !== undefined
