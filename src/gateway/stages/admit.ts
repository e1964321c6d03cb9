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
  const admission = new Admission(identified, services)
  const stopped = admission.whyStopped()
  if (stopped !== undefined) throw stopped
  services.open.admit(admission, services.clock.now())
  try {
    if (keyId !== undefined) services.identity.admitKey(keyId)
  } catch (error) {
    services.open.release(admission)
    throw error
  }
  return admission as unknown as Admitted
}

const noTools = (): readonly string[] => []

/** One object for all that is asked of an exchange under way. */
class Admission implements Omit<Admitted, typeof admitted>, OpenExchange {
  readonly identified: Identified
  readonly callerId: string
  readonly personId: string
  readonly keyId: string | undefined
  place: number | undefined
  readonly #services: GatewayServices
  #look: LookAgain
  #subject: Subject
  #alternatives: (() => Alternatives) | undefined
  #listener: ((why: Refusal) => void) | undefined
  #cutBefore: Refusal | undefined

  constructor(identified: Identified, services: GatewayServices) {
    const { person, keyId } = identified.caller
    this.identified = identified
    this.callerId = keyId ?? person.id
    this.personId = person.id
    this.keyId = keyId
    this.place = undefined
    this.#services = services
    this.#look = callerStillHasAccess(identified.caller, services)
    this.#subject = { personId: person.id, keyId, useCase: undefined, offering: undefined, tools: noTools }
  }

  whyStopped(): Refusal | undefined {
    const { switches } = this.#services
    const stop = switches.standing.find(this.#subject)
    return stop === undefined ? undefined : stoppedBy(stop, switches, this.#alternatives)
  }

  subject(): Subject {
    return this.#subject
  }

  lookAgain(): Refusal | undefined {
    return this.whyStopped() ?? this.#look()
  }

  cut(why: Refusal): void {
    this.#cutBefore = why
    this.#listener?.(why)
  }

  leave(): void {
    this.#services.open.release(this)
  }

  onCut(listener: (why: Refusal) => void): void {
    this.#listener = listener
    if (this.#cutBefore !== undefined) listener(this.#cutBefore)
  }

  watch(lookAgain: LookAgain, subject: Subject, alternatives: () => Alternatives): void {
    this.#look = lookAgain
    this.#subject = subject
    this.#alternatives = alternatives
  }
}
