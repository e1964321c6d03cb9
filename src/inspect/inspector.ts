/**
 * Inspection: one trigger pass, candidates where something was woken, overlaps resolved. A text in which nothing
 * is disguised is read as it is; another one in its readings, and what is encoded in it, decoded. Positions are led
 * back to the original.
 */

import { higherClass, highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import type { Inspector, Term } from './api.ts'
import type { Detector } from './detector.ts'
import { companyTerm } from './detectors/company/company-term.ts'
import { createPhoneDetector, phoneNumber } from './detectors/contact/phone.ts'
import type { PhoneValidator } from './detectors/contact/phone-shapes.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import { findHarm } from './harm/find.ts'
import { harmRequests } from './harm/requests.ts'
import { withPassages } from './injection/passages.ts'
import { readSigns } from './injection/score.ts'
import { type InjectionScorer, scoredChannels } from './injection/scorer.ts'
import { kinds } from './kinds.ts'
import { type Candidate, resolveOverlaps } from './overlaps.ts'
import { stringHash } from './string-hash.ts'
import { createTermMatcher, type TermMatcher } from './terms.ts'
import { createTriggerScan, type TriggerScan } from './trigger-scan.ts'
import { decodedReadings, type Reading, readings } from './views.ts'

/** Raised when the way of finding changes though no detector does. */
const revision = 2

export interface InspectorOptions {
  readonly terms: readonly Term[]
  /**
   * Looks for attempts to take over the model, and has requests for harm looked for as well; without it there are no
   * findings of these kinds.
   */
  readonly injection?: InjectionScorer
  /** Hash for the version: any that tells texts apart. */
  readonly hash?: (text: string) => string
  /** Which numbers regions have given out; without it fewer telephone numbers are found. */
  readonly phone?: PhoneValidator
}

/** A finding of a company term keeps the class its term was given. */
interface TermFinding extends Finding {
  readonly class: Candidate['class']
}

/** Throws an `Error` that says which term is wrong and how, before anything is inspected. */
export function createInspector({ terms, injection, hash = stringHash, phone }: InspectorOptions): Inspector {
  const findTerms = createTermMatcher(terms)
  const scan = phone === undefined ? scanTriggers : scanWithPhone(phone)
  const classes = new Map(kinds.map((kind) => [kind.type, kind.class]))
  // A finding that has lost its own class on the way counts as the highest a term has: never lower than it was.
  classes.set(companyTerm.type, highestClass([companyTerm.class, ...terms.map((term) => term.class)]))
  return {
    version: hash(
      JSON.stringify([
        revision,
        allDetectors.map(fingerprintOf),
        phone !== undefined,
        terms,
        injection && [injection.version, harmVersion],
      ]),
    ),
    kinds,
    inspect: (text, channel) => {
      const { findings, isPlain } = inspect(text, findTerms, scan)
      if (injection === undefined || !scoredChannels.includes(channel)) return findings
      const signs = readSigns(text, isPlain)
      const passages = [...injection.find(signs, channel), ...findHarm(signs, channel)]
      return passages.length === 0 ? findings : withPassages(text, findings, passages)
    },
    classOf: (finding) => {
      if (isTermFinding(finding)) return finding.class
      const known = classes.get(finding.type)
      if (known === undefined) throw new Error(`no kind of finding is called ${finding.type}`)
      return known
    },
  }
}

const isTermFinding = (finding: Finding): finding is TermFinding =>
  finding.type === companyTerm.type && 'class' in finding

/** What a detector finds and how, as text: data and code alike. */
const fingerprintOf = (detector: Detector): unknown => [detector, String(detector.examine)]

const harmVersion = harmRequests.map(({ category, pattern }) => [category, pattern.source])

const scanTriggers = createTriggerScan(allDetectors)

/** The last one made: lists of terms change, what numbers there are does not. */
let lastWithPhone: { readonly phone: PhoneValidator; readonly scan: TriggerScan } | undefined

function scanWithPhone(phone: PhoneValidator): TriggerScan {
  if (lastWithPhone?.phone !== phone) {
    const detectors = allDetectors.map((each) => (each === phoneNumber ? createPhoneDetector(phone) : each))
    lastWithPhone = { phone, scan: createTriggerScan(detectors) }
  }
  return lastWithPhone.scan
}

interface Inspected {
  readonly findings: readonly Finding[]
  /** Nothing is disguised or encoded in it: the text is its only reading. */
  readonly isPlain: boolean
}

function inspect(text: string, findTerms: TermMatcher, scan: TriggerScan): Inspected {
  const candidates: Candidate[] = []
  const isDisguised = collectDetected(text, scan, candidates)
  if (isDisguised) candidates.length = 0
  else collectTerms(text, findTerms, candidates)
  const others = isDisguised ? readings(text) : decodedReadings(text)
  for (const reading of others) collectFrom(reading, findTerms, scan, candidates)
  const isPlain = others.length === 0
  if (candidates.length === 0) return { findings: none, isPlain }
  const apart = resolveOverlaps(isPlain ? candidates : highestOfPieces(candidates))
  return { findings: apart.map(findingOf), isPlain }
}

const none: readonly Finding[] = []

/** What stands in a reading, led back. Of what is only shown around something decoded the text itself tells. */
function collectFrom(
  reading: Reading,
  findTerms: TermMatcher,
  scan: TriggerScan,
  candidates: Candidate[],
): void {
  const seen: Candidate[] = []
  if (!reading.isOfWords) collectDetected(reading.text, scan, seen, true)
  collectTerms(reading.text, findTerms, seen)
  for (const candidate of seen) {
    if (!reading.isDecoded(candidate.start, candidate.end)) continue
    const { start, end } = reading.spanOf(candidate.start, candidate.end)
    const inside = reading.encodings.toReversed().map((encoding) => ` inside ${encoding}`)
    const why = inside.length === 0 ? candidate.why : `${candidate.why},${inside.join('')}`
    candidates.push({ ...candidate, start, end, why })
  }
}

/**
 * An encoded piece is one place, whatever it holds: what is of the highest class stands for it, so that nothing in it
 * is treated as less than it is. Of what several readings show alike the first is kept.
 */
function highestOfPieces(candidates: readonly Candidate[]): readonly Candidate[] {
  const highest = new Map<string, Candidate>()
  const place = ({ start, end }: Candidate): string => `${start} ${end}`
  for (const candidate of candidates) {
    const other = highest.get(place(candidate))
    if (other === undefined || higherClass(other.class, candidate.class) !== other.class)
      highest.set(place(candidate), candidate)
  }
  const seen = new Set<string>()
  return candidates.filter((candidate) => {
    const key = `${place(candidate)} ${candidate.kind.type}`
    if (seen.has(key) || highest.get(place(candidate))?.class !== candidate.class) return false
    seen.add(key)
    return true
  })
}

/** True when the text holds a disguise: then what was collected is not all there is. */
function collectDetected(
  text: string,
  scan: TriggerScan,
  candidates: Candidate[],
  isReading = false,
): boolean {
  // Triggers inside what their detector has just found wake nobody: a key may hold its own prefix.
  let readUpTo: Map<Detector, number> | undefined
  return scan(
    text,
    (detector, start, end) => {
      if (readUpTo !== undefined && start < (readUpTo.get(detector) ?? 0)) return
      for (const match of detector.examine(text, start, end)) {
        candidates.push({ ...match, kind: detector, class: detector.class })
        readUpTo ??= new Map()
        readUpTo.set(detector, match.end)
      }
    },
    isReading,
  )
}

function collectTerms(text: string, findTerms: TermMatcher, candidates: Candidate[]): void {
  for (const { start, end, label, class: ownClass } of findTerms(text)) {
    const why = `stands in the company's list of terms as: ${label}`
    candidates.push({ start, end, score: 1, why, kind: companyTerm, class: ownClass })
  }
}

function findingOf({ start, end, kind, score, why, class: ownClass }: Candidate): Finding {
  const finding = { start, end, type: kind.type, family: kind.family, score, why }
  return kind === companyTerm ? ({ ...finding, class: ownClass } as TermFinding) : finding
}
