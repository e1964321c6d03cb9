import type { UseCaseChoice } from '#/gateway/api.ts'

/** What people must know before they send: the notice of the use case, and that answers are checked by a person. */
export const UseCaseNotice = ({ useCase }: { readonly useCase: UseCaseChoice | undefined }) =>
  useCase === undefined || (useCase.notice === null && !useCase.needsReview) ? null : (
    <p className="note" role="note" aria-label="About this use case">
      {[
        ...(useCase.notice === null ? [] : [useCase.notice]),
        ...(useCase.needsReview ? ['A person must check each answer before it is used.'] : []),
      ].join(' ')}
    </p>
  )
