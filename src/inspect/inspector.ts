/**
 * Inspection: one trigger pass, candidates where something was woken, overlaps resolved. A text in which nothing
 * is disguised is read as it is; another one in its readings, and positions are led back to the original.
 */

import { higherClass, highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import type { Inspector, Term } from './api.ts'
import type { KnowledgeMatcher } from './company/api.ts'
import { knowledgeKinds } from './company/kinds.ts'
import type { Detector } from './detector.ts'
import { companyTerm } from './detectors/company/company-term.ts'
import { createPhoneDetector, phoneNumber } from './detectors/contact/phone.ts'
import type { PhoneValidator } from './detectors/contact/phone-shapes.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import { readingsOf, type View } from './disguise.ts'
import { kinds } from './kinds.ts'
import { type Candidate, resolveOverlaps } from './overlaps.ts'
import { withClassifier } from './secrets/judged.ts'
import type { SecretModel } from './secrets/model.ts'
import { stringHash } from './string-hash.ts'
import { createTermMatcher, type TermMatcher } from './terms.ts'
import { createTriggerScan, type TriggerScan } from './trigger-scan.ts'

/** Raised when the way of finding changes though no detector does. */
const revision = 2

export interface InspectorOptions {
  readonly terms: readonly Term[]
  /** Tables, documents and source code of the company, from `company/index.ts`. Never in a browser. */
  readonly knowledge?: KnowledgeMatcher | undefined
  /** Hash for the version: any that tells texts apart. */
  readonly hash?: (text: string) => string
  /** Which numbers regions have given out; without it fewer telephone numbers are found. */
  readonly phone?: PhoneValidator | undefined
  /** The classifier of secrets; without it only rules look for what has no mark of its own. */
  readonly secrets?: SecretModel | undefined
}

/** A finding of what a company listed or knows keeps the class it was given. */
interface OwnFinding extends Finding {
  readonly class: Candidate['class']
}

/** Throws an `Error` that says which term is wrong and how, before anything is inspected. */
export function createInspector(options: InspectorOptions): Inspector {
  const { terms, knowledge, hash = stringHash, phone, secrets } = options
  const scan = scanWith(phone, secrets)
  const findOwn: OwnMatcher = { findTerms: createTermMatcher(terms), knowledge }
  const classes = new Map(kinds.map((kind) => [kind.type, kind.class]))
  // A finding that has lost its own class on the way counts as the highest a term has: never lower than it was.
  classes.set(companyTerm.type, highestClass([companyTerm.class, ...terms.map((term) => term.class)]))
  for (const { type, class: least } of knowledgeKinds)
    classes.set(type, higherClass(least, knowledge?.highestClass ?? least))
  return {
    version: hash(
      JSON.stringify([
        revision,
        allDetectors.map(fingerprintOf),
        terms,
        phone !== undefined,
        secrets?.version,
        knowledge?.version,
      ]),
    ),
    kinds,
    inspect: (text) => inspect(text, findOwn, scan),
    classOf: (finding) => {
      if (isOwnFinding(finding)) return finding.class
      const known = classes.get(finding.type)
      if (known === undefined) throw new Error(`no kind of finding is called ${finding.type}`)
      return known
    },
  }
}

const ownTypes: ReadonlySet<string> = new Set([companyTerm, ...knowledgeKinds].map(({ type }) => type))

const isOwnFinding = (finding: Finding): finding is OwnFinding =>
  ownTypes.has(finding.type) && 'class' in finding

/** What a company calls its own, by name and by content. */
interface OwnMatcher {
  readonly findTerms: TermMatcher
  readonly knowledge: KnowledgeMatcher | undefined
}

/** What a detector finds and how, as text: data and code alike. */
const fingerprintOf = (detector: Detector): unknown => [detector, String(detector.examine)]

const ruleScan = createTriggerScan(allDetectors)
/** The last one made: lists of terms change, what numbers and secrets there are does not. */
let last:
  | {
      readonly phone: PhoneValidator | undefined
      readonly secrets: SecretModel | undefined
      readonly scan: TriggerScan
    }
  | undefined

/** One table of triggers for each validator and classifier: inspectors come and go with the terms, it stays. */
function scanWith(phone: PhoneValidator | undefined, secrets: SecretModel | undefined): TriggerScan {
  if (phone === undefined && secrets === undefined) return ruleScan
  if (last === undefined || last.phone !== phone || last.secrets !== secrets) {
    const known = secrets === undefined ? allDetectors : withClassifier(allDetectors, secrets)
    const detectors = known.map((each) =>
      each === phoneNumber && phone !== undefined ? createPhoneDetector(phone) : each,
    )
    last = { phone, secrets, scan: createTriggerScan(detectors) }
  }
  return last.scan
}

function inspect(text: string, findOwn: OwnMatcher, scan: TriggerScan): readonly Finding[] {
  const candidates: Candidate[] = []
  if (collectDetected(text, scan, candidates)) {
    const found: Candidate[] = []
    for (const view of readingsOf(text)) {
      const seen: Candidate[] = []
      collectDetected(view.text, scan, seen)
      collectOwn(view.text, findOwn, seen)
      for (const candidate of seen) found.push(leadBack(candidate, view))
    }
    return resolveOverlaps(found).map(findingOf)
  }
  collectOwn(text, findOwn, candidates)
  return candidates.length === 0 ? none : resolveOverlaps(candidates).map(findingOf)
}

const none: readonly Finding[] = []

/** True when the text holds a disguise: then what was collected is not all there is. */
function collectDetected(text: string, scan: TriggerScan, candidates: Candidate[]): boolean {
  // Triggers inside what their detector has just found wake nobody: a key may hold its own prefix.
  let readUpTo: Map<Detector, number> | undefined
  return scan(text, (detector, start, end) => {
    if (readUpTo !== undefined && start < (readUpTo.get(detector) ?? 0)) return
    for (const match of detector.examine(text, start, end)) {
      candidates.push({ ...match, kind: detector, class: detector.class })
      readUpTo ??= new Map()
      readUpTo.set(detector, match.end)
    }
  })
}

function collectOwn(text: string, { findTerms, knowledge }: OwnMatcher, candidates: Candidate[]): void {
  for (const { start, end, label, class: ownClass } of findTerms(text)) {
    const why = `stands in the company's list of terms as: ${label}`
    candidates.push({ start, end, score: 1, why, kind: companyTerm, class: ownClass })
  }
  if (knowledge !== undefined) candidates.push(...knowledge.find(text))
}

const leadBack = (candidate: Candidate, { originalOf }: View): Candidate => ({
  ...candidate,
  start: originalOf(candidate.start),
  end: originalOf(candidate.end - 1) + 1,
})

function findingOf({ start, end, kind, score, why, class: ownClass }: Candidate): Finding {
  const finding = { start, end, type: kind.type, family: kind.family, score, why }
  return ownTypes.has(kind.type) ? ({ ...finding, class: ownClass } as OwnFinding) : finding
}
