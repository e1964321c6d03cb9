/**
 * Inspection: one trigger pass, candidates where something was woken, overlaps resolved. A text in which nothing
 * is disguised is read as it is; another one in its readings, and positions are led back to the original.
 */

import { highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector, NameFinder, Term } from './api.ts'
import type { Detector } from './detector.ts'
import { companyTerm } from './detectors/company/company-term.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import { readingsOf, type View } from './disguise.ts'
import { kinds } from './kinds.ts'
import { kindsOfNames } from './names/kinds.ts'
import { type Candidate, resolveOverlaps } from './overlaps.ts'
import { stringHash } from './string-hash.ts'
import { createTermMatcher, type TermMatcher } from './terms.ts'
import { createTriggerScan } from './trigger-scan.ts'

/** Raised when the way of finding changes though no detector does. */
const revision = 1

export interface InspectorOptions {
  readonly terms: readonly Term[]
  /** Hash for the version: any that tells texts apart. */
  readonly hash?: (text: string) => string
  /** Finds names of people, places and organisations; without it none are. */
  readonly names?: NameFinder
}

/**
 * Where people write, and what tools bring. Instructions, tool definitions and keys are the same for everybody and
 * full of words with capitals; what a model answers repeats what it was told.
 */
const channelsWithNames: ReadonlySet<Channel> = new Set(['user', 'tool-result', 'attachment'])

/** A finding of a company term keeps the class its term was given. */
interface TermFinding extends Finding {
  readonly class: Candidate['class']
}

/** Throws an `Error` that says which term is wrong and how, before anything is inspected. */
export function createInspector({ terms, hash = stringHash, names }: InspectorOptions): Inspector {
  const findTerms = createTermMatcher(terms)
  const known = names === undefined ? kinds : [...kinds, ...kindsOfNames]
  const classes = new Map(known.map((kind) => [kind.type, kind.class]))
  // A finding that has lost its own class on the way counts as the highest a term has: never lower than it was.
  classes.set(companyTerm.type, highestClass([companyTerm.class, ...terms.map((term) => term.class)]))
  return {
    version: hash(JSON.stringify([revision, allDetectors.map(fingerprintOf), terms, names?.version])),
    kinds: known,
    inspect: (text, channel) => inspect(text, findTerms, channelsWithNames.has(channel) ? names : undefined),
    classOf: (finding) => {
      if (isTermFinding(finding)) return finding.class
      const found = classes.get(finding.type)
      if (found === undefined) throw new Error(`no kind of finding is called ${finding.type}`)
      return found
    },
  }
}

const isTermFinding = (finding: Finding): finding is TermFinding =>
  finding.type === companyTerm.type && 'class' in finding

/** What a detector finds and how, as text: data and code alike. */
const fingerprintOf = (detector: Detector): unknown => [detector, String(detector.examine)]

const scanTriggers = createTriggerScan(allDetectors)

function inspect(text: string, findTerms: TermMatcher, names: NameFinder | undefined): readonly Finding[] {
  const candidates: Candidate[] = []
  if (collectDetected(text, candidates)) {
    const found: Candidate[] = []
    for (const view of readingsOf(text)) {
      const seen: Candidate[] = []
      collectDetected(view.text, seen)
      collectTerms(view.text, findTerms, seen)
      collectNames(view.text, names, seen)
      for (const candidate of seen) found.push(leadBack(candidate, view))
    }
    return resolveOverlaps(found).map(findingOf)
  }
  collectTerms(text, findTerms, candidates)
  collectNames(text, names, candidates)
  return candidates.length === 0 ? none : resolveOverlaps(candidates).map(findingOf)
}

const none: readonly Finding[] = []

/** True when the text holds a disguise: then what was collected is not all there is. */
function collectDetected(text: string, candidates: Candidate[]): boolean {
  // Triggers inside what their detector has just found wake nobody: a key may hold its own prefix.
  let readUpTo: Map<Detector, number> | undefined
  return scanTriggers(text, (detector, start, end) => {
    if (readUpTo !== undefined && start < (readUpTo.get(detector) ?? 0)) return
    for (const match of detector.examine(text, start, end)) {
      candidates.push({ ...match, kind: detector, class: detector.class })
      readUpTo ??= new Map()
      readUpTo.set(detector, match.end)
    }
  })
}

function collectTerms(text: string, findTerms: TermMatcher, candidates: Candidate[]): void {
  for (const { start, end, label, class: ownClass } of findTerms(text)) {
    const why = `stands in the company's list of terms as: ${label}`
    candidates.push({ start, end, score: 1, why, kind: companyTerm, class: ownClass })
  }
}

function collectNames(text: string, names: NameFinder | undefined, candidates: Candidate[]): void {
  if (names === undefined) return
  for (const { start, end, kind, score, why } of names.find(text)) {
    candidates.push({ start, end, score, why, kind, class: kind.class })
  }
}

const leadBack = (candidate: Candidate, { originalOf }: View): Candidate => ({
  ...candidate,
  start: originalOf(candidate.start),
  end: originalOf(candidate.end - 1) + 1,
})

function findingOf({ start, end, kind, score, why, class: ownClass }: Candidate): Finding {
  const finding = { start, end, type: kind.type, family: kind.family, score, why }
  return kind === companyTerm ? ({ ...finding, class: ownClass } as TermFinding) : finding
}
