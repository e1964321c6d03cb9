import type { Kind } from './api.ts'
import { knowledgeKinds } from './company/kinds.ts'
import { companyTerm } from './detectors/company/company-term.ts'
import { detectors } from './detectors/index.ts'
import { furtherKinds } from './further/kinds.ts'
import { harmKinds, moderationKinds } from './harm/kinds.ts'
import { injectionKinds } from './injection/kinds.ts'
import { accountKind } from './secrets/account-kind.ts'
import { topicKinds } from './topics/kinds.ts'

/** Every kind of finding there is, in the order of the list of detectors, then those of `further/`, accounts, the company's own, injection, harm and topics. */
export const kinds: readonly Kind[] = [
  ...[...detectors, ...furtherKinds, accountKind].map(({ type, family, class: dataClass, label }) => ({
    type,
    family,
    class: dataClass,
    label,
  })),
  ...knowledgeKinds,
  companyTerm,
  ...[
    ...injectionKinds,
    ...Object.values(harmKinds),
    ...Object.values(moderationKinds),
    ...Object.values(topicKinds),
  ].map(({ type, family, class: dataClass, label }): Kind => ({ type, family, class: dataClass, label })),
]

/** A row of the table of kinds in the documentation. */
export interface KindDescription extends Kind {
  /** What makes a find sure. */
  readonly proof: string
  readonly source: string
}

export function describeKinds(): readonly KindDescription[] {
  const described = [
    ...detectors,
    ...furtherKinds,
    accountKind,
    ...injectionKinds,
    ...Object.values(harmKinds),
    ...Object.values(moderationKinds),
    ...Object.values(topicKinds),
  ]
  const proofs = new Map(described.map(({ type, proof, source }) => [type, { proof, source }]))
  const known = { proof: 'is told apart by hashes of what the company registered', source: 'the company' }
  for (const { type } of knowledgeKinds) proofs.set(type, known)
  const listed = { proof: 'stands in the list of terms, as a whole word', source: 'the company' }
  return kinds.map((kind) => ({ ...kind, ...(proofs.get(kind.type) ?? listed) }))
}
