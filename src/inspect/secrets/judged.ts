/** The detectors of secrets that only their name tells, with a trained classifier beside their rules. */
import type { Detector, Match } from '../detector.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { password } from '../detectors/secret/password.ts'
import { candidatesAfter } from './candidates.ts'
import type { SecretModel } from './model.ts'
import { keyWords, passwordWords } from './words.ts'

/** From here on a candidate is reported. Chosen on the training side of the splits by repository. */
const enough = 0.5

/** The same list; those that have a rule of their own only for want of a classifier get it. */
export const withClassifier = (detectors: readonly Detector[], model: SecretModel): readonly Detector[] =>
  detectors.map((detector) => {
    if (detector === password) return judged(detector, passwordWords, model)
    return detector === namedSecret ? judged(detector, keyWords, model) : detector
  })

const judged = (rule: Detector, literals: readonly string[], model: SecretModel): Detector => ({
  ...rule,
  trigger: { literals, isAnyCase: true },
  examine: (text, start, end) => {
    const found: Match[] = []
    for (const candidate of candidatesAfter(text, start, end)) {
      const score = model.probability(text, candidate)
      if (score < enough) continue
      const why = `a value like those of secrets, given to what is called one (${candidate.tie})`
      found.push({ start: candidate.start, end: candidate.end, score, why })
    }
    return found.length === 0 ? rule.examine(text, start, end) : found
  },
})
