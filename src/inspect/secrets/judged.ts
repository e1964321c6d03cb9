/** The detectors of secrets that only their name tells, with a trained classifier beside their rules. */
import type { Detector, Match } from '../detector.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { password } from '../detectors/secret/password.ts'
import { candidatesAfter, type SecretCandidate } from './candidates.ts'
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
      if (namesSession(text, candidate)) continue
      const score = model.probability(text, candidate)
      if (score < enough) continue
      const why = `a value like those of secrets, given to what is called one (${candidate.tie})`
      found.push({ start: candidate.start, end: candidate.end, score, why })
    }
    return found.length === 0 ? rule.examine(text, start, end) : found
  },
})

/**
 * `"session_id":"4a431630-10db-46f0-afd0-304dee75b439"` names a session, as in every request of Claude Code
 * (`metadata.user_id`, 2.1.330); what opens one is longer and stands under other names.
 */
const namesSession = (text: string, { start, end, nameStart, nameEnd }: SecretCandidate): boolean =>
  end - start === 36 && sessionName.test(text.slice(nameStart, nameEnd)) && uuid.test(text.slice(start, end))

const sessionName = /session[_-]?id$/i
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
