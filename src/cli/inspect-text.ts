import { readCatalogue } from '#/core/catalogue.ts'
import { type DataClass, highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import { openInjectionScorer } from '#/gateway/injection-weights.ts'
import { openNames } from '#/gateway/name-weights.ts'
import { isNumberOf } from '#/gateway/phone-numbers.ts'
import type { KnowledgeMatcher } from '#/inspect/company/index.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { createInspector, injectionKinds, loadSecretModel, loadTopics } from '#/inspect/index.ts'

/** What the gate sees in a text. The text itself is not part of it. */
export interface Inspected {
  readonly class: DataClass
  readonly findings: readonly Finding[]
  readonly injection: {
    /** From 0 to 1. */
    readonly score: number
    readonly verdict: 'none' | 'flag' | 'block'
    readonly why: readonly string[]
  }
}

/** Told by the score of the whole text, not as findings. */
const attempts: ReadonlySet<string> = new Set(injectionKinds.map(({ type }) => type))

/**
 * The inspection of the gate, names included, without a company's own terms: they live in the records of a data folder.
 * Company knowledge, which is a file, may be given.
 */
export function createTextInspection(knowledge?: KnowledgeMatcher): (text: string) => Inspected {
  const injection = openInjectionScorer()
  const inspector = createInspector({
    terms: [],
    injection,
    phone: isNumberOf,
    secrets: loadSecretModel(readCatalogue('secrets/weights.bin')),
    further: furtherDetectors,
    names: openNames(),
    topics: loadTopics(readCatalogue('topics/model.bin'), 'shipped'),
    knowledge,
  })
  return (text) => {
    const findings = inspector.inspect(text, 'user').filter(({ type }) => !attempts.has(type))
    const { score, verdict, why } = injection.score(text)
    return {
      class: highestClass(findings.map(inspector.classOf)),
      findings,
      injection: { score, verdict, why },
    }
  }
}
