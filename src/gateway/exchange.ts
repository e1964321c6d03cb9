import { ClientGone } from '#/core/http/body.ts'
import { asRefusal } from '#/core/http/reply.ts'
import { describeError } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import { deliverStream } from './deliver-stream.ts'
import { deliverWhole } from './deliver-whole.ts'
import type { Progress } from './exchange-progress.ts'
import { logRefusal } from './log-refusal.ts'
import { isLong, nextTurn } from './long-turns.ts'
import { moderate } from './moderation/moderate.ts'
import { exchangeIsStillOpen } from './rights.ts'
import type { GatewayServices } from './services.ts'
import { admit } from './stages/admit.ts'
import { type Decided, decide } from './stages/decide.ts'
import { identify } from './stages/identify.ts'
import { inspectRequest } from './stages/inspect.ts'
import { intend } from './stages/intend.ts'
import { readRequest } from './stages/read.ts'
import type { Received } from './stages/receive.ts'
import { transform } from './stages/transform.ts'

/** Writes a refusal for whoever asked: in the caller's dialect on `/v1`, in our own envelope on `/api`. */
export type WriteRefusal = (refusal: Refusal, received: Received, receipt: string | undefined) => void

/**
 * One exchange. This is the only file that knows the order; each step asks, by type, for what the one before
 * returns. Ends in exactly one of: an answer, a refusal, or a client that left. Each has its entry in the log.
 */
export async function exchange(
  received: Received,
  services: GatewayServices,
  writeRefusal: WriteRefusal,
): Promise<void> {
  const progress: Progress = {}
  try {
    const refusal = await run(received, services, progress)
    if (refusal !== undefined) writeRefusal(refusal, received, progress.receipt)
  } catch (error) {
    const refusal = await refuse(error, received, services, progress)
    if (refusal !== undefined) writeRefusal(refusal, received, progress.receipt)
  } finally {
    progress.admitted?.leave()
  }
}

async function run(
  received: Received,
  services: GatewayServices,
  progress: Progress,
): Promise<Refusal | undefined> {
  // What is known at once is not waited for: a turn of the event loop for each exchange costs more than the step.
  const known = identify(received, services)
  const identified = known instanceof Promise ? await known : known
  progress.identified = identified
  const admitted = admit(identified, services)
  progress.admitted = admitted
  const reading = readRequest(admitted, services)
  const read = reading instanceof Promise ? await reading : reading
  progress.read = read
  if (isLong(read)) await nextTurn()
  const inspected = await inspectRequest(read, services)
  progress.inspected = inspected
  const watch = ({ decision, subject, alternatives }: Decided): void =>
    admitted.watch(exchangeIsStillOpen(identified.caller, decision, services), subject, alternatives)
  const decided = decide(inspected, services)
  watch(decided)
  const planned = transform(decided, services)
  const { moderation } = services
  const transformed =
    moderation === undefined ? planned : await moderate(planned, moderation, services, progress)
  if (transformed !== planned) watch(transformed.decided)
  if (isLong(read)) await nextTurn()
  const { decision } = transformed.decided
  const intended = await intend(transformed, services)
  progress.receipt = intended.appended.receipt
  services.acknowledgements.note(identified.caller.person.id, decision.acknowledged, services.clock.now())
  services.noteUse(identified.caller.person, decision.useCase)
  // Send, check, restore and conclude run together, because an answer is checked while it comes.
  return read.chat.isStream ? await deliverStream(intended, services) : await deliverWhole(intended, services)
}

/** Logs a refusal and gives what the caller is told: the refusal, or that the log is dead. */
async function refuse(
  error: unknown,
  received: Received,
  services: GatewayServices,
  progress: Progress,
): Promise<Refusal | undefined> {
  const isGone = error instanceof ClientGone
  const refusal = asRefusal(error)
  const { requestId } = received
  if (!isGone && (refusal.code === 'defect' || refusal.code === 'inspection-failed')) {
    services.writeLine({
      level: 'error',
      what: 'an exchange failed',
      requestId,
      code: refusal.code,
      problem: describeError(error),
    })
  }
  if (refusal.code === 'log-unavailable') return refusal
  try {
    progress.receipt = await logRefusal(isGone ? 'client-gone' : refusal, received, services, progress)
  } catch (failure) {
    services.writeLine({
      level: 'error',
      what: 'a refusal could not be logged',
      requestId,
      problem: describeError(failure),
    })
    return isGone ? undefined : new Refusal('log-unavailable', {}, { cause: failure })
  }
  return isGone ? undefined : refusal
}
