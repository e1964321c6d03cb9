import type { Refusal } from '#/core/refusal.ts'
import type { Subject } from '#/snapshot/switches/api.ts'
import type { OpenExchange } from '../open-exchanges.ts'
import { callerStillHasAccess, type LookAgain } from '../rights.ts'
import type { GatewayServices } from '../services.ts'
import { type Alternatives, stoppedBy } from '../stops.ts'
import type { Identified } from './identify.ts'

declare const admitted: unique symbol

/** Stage 2: within the limits, and counted among the open exchanges until `leave` is called. */
export interface Admitted {
  readonly [admitted]: true
  readonly identified: Identified
  readonly leave: () => void
  /** Calls `listener` when this exchange must end now: access ended, or Sallyport stops. */
  readonly onCut: (listener: (why: Refusal) => void) => void
  /** Why this exchange may not go on as of now; asked before a tool call or a whole answer is released. */
  readonly lookAgain: LookAgain
  /** What is looked at again from now on: more is known of the exchange. */
  readonly watch: (lookAgain: LookAgain, subject: Subject, alternatives: () => Alternatives) => void
}

/** Throws `log-quota-spent`, `rate-reached`, `too-many-open`, `stopping`, `key-rate-reached`, `key-budget-spent`, `stopped-by-switch`. */
export function admit(identified: Identified, services: GatewayServices): Admitted {
  const { person, keyId } = identified.caller
  // Before a body is read: a refusal that would keep what was entered would fill the log all the same.
  services.audit.assertQuota(person.id)
  let listener: ((why: Refusal) => void) | undefined
  let cutBefore: Refusal | undefined
  let look = callerStillHasAccess(identified.caller, services)
  let subject: Subject = {
    personId: person.id,
    keyId,
    useCase: undefined,
    offering: undefined,
    tools: () => [],
  }
  let alternatives: (() => Alternatives) | undefined
  const whyStopped = (): Refusal | undefined => {
    const stop = services.switches.standing.find(subject)
    return stop === undefined ? undefined : stoppedBy(stop, services.switches, alternatives)
  }
  const stopped = whyStopped()
  if (stopped !== undefined) throw stopped
  const exchange: OpenExchange = {
    callerId: keyId ?? person.id,
    personId: person.id,
    keyId,
    subject: () => subject,
    lookAgain: () => whyStopped() ?? look(),
    cut: (why) => {
      cutBefore = why
      listener?.(why)
    },
  }
  services.open.admit(exchange, services.clock.now())
  try {
    if (keyId !== undefined) services.identity.admitKey(keyId)
  } catch (error) {
    services.open.release(exchange)
    throw error
  }
  return {
    identified,
    leave: () => services.open.release(exchange),
    onCut: (added) => {
      listener = added
      if (cutBefore !== undefined) added(cutBefore)
    },
    lookAgain: exchange.lookAgain,
    watch: (added, known, instead) => {
      look = added
      subject = known
      alternatives = instead
    },
  } as Admitted
}
