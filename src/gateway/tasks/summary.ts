import type { Intended } from '../stages/intend.ts'
import type { Summary } from './api.ts'

/** Of an exchange that was sent. */
export function summaryOf({ transformed, appended }: Intended): Summary {
  const { decision, inspected } = transformed.decided
  const { useCase, offering } = decision
  return {
    useCase: useCase.id,
    offering: offering.id,
    class: decision.class,
    changedValues: transformed.changedValues,
    needsReview: useCase.needsReview,
    notice: useCase.notice ?? null,
    receipt: appended.receipt,
    requestId: inspected.read.admitted.identified.received.requestId,
  }
}
