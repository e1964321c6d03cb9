/**
 * Inspection: one trigger pass, candidates where something was woken, overlaps resolved. A text in which nothing
 * is disguised is read as it is; another one in its readings, and what is encoded in it, decoded. Positions are led
 * back to the original.
 */

import { higherClass, highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector, NameFinder, Term } from './api.ts'
import { type Clues, Signs } from './clues.ts'
import type { KnowledgeMatcher } from './company/api.ts'
import { knowledgeKinds } from './company/kinds.ts'
import type { Detector, Match } from './detector.ts'
import { companyTerm } from './detectors/company/company-term.ts'
import { createPhoneDetector, phoneNumber } from './detectors/contact/phone.ts'
import type { PhoneValidator } from './detectors/contact/phone-shapes.ts'
import { detectors as allDetectors } from './detectors/index.ts'
import { publicDetectors, publicWords } from './detectors/other/index.ts'
import { fitInto } from './fit-into.ts'
import type { InjectionScorer } from './injection/scorer.ts'
import { kinds } from './kinds.ts'
import { kindsOfNames } from './names/kinds.ts'
import { type Candidate, resolveOverlaps } from './overlaps.ts'
import type { PatternFinder } from './patterns/index.ts'
import { withClassifier } from './secrets/judged.ts'
import type { SecretModel } from './secrets/model.ts'
import { stringHash } from './string-hash.ts'
import { createTermMatcher, type TermMatcher } from './terms.ts'
import type { TopicFinder } from './topics/topics.ts'
import { createTriggerScan, type TriggerScan } from './trigger-scan.ts'
import { lookThrough, type Reading, type SeenReadings, shownReadings } from './views.ts'
import { withWholeAddresses } from './whole-address.ts'

/** Raised when the way of finding changes though no detector does. */
const revision = 9

export interface InspectorOptions {
  readonly terms: readonly Term[]
  /** Tables, documents and source code of the company, from `company/index.ts`. Never in a browser. */
  readonly knowledge?: KnowledgeMatcher | undefined
  /** Forms of the company's own values, from `patterns/index.ts`. Never in a browser. */
  readonly patterns?: PatternFinder | undefined
  /**
   * Looks for attempts to take over the model and for requests for harm; without it there are no findings of these
   * kinds. What it looks with is reached through it alone: the page, which has none, does not load it.
   */
  readonly injection?: InjectionScorer | undefined
  /** Tells business texts nobody has registered; without it there are no findings of topics. */
  readonly topics?: TopicFinder | undefined
  /** Hash for the version: any that tells texts apart. */
  readonly hash?: (text: string) => string
  /** Which numbers regions have given out; without it fewer telephone numbers are found. */
  readonly phone?: PhoneValidator | undefined
  /** The classifier of secrets; without it only rules look for what has no mark of its own. */
  readonly secrets?: SecretModel | undefined
  /** Kinds of the list in further languages and forms, from `further/index.ts`. Never in a browser, which has no room. */
  readonly further?: readonly Detector[] | undefined
  /** Finds names of people, places and organisations; without it none are. */
  readonly names?: NameFinder | undefined
  /** Where names are looked for, of the channels in which they can be: all of them unless said. */
  readonly namesIn?: readonly Channel[] | undefined
}

/**
 * Where people write, and what tools bring. Instructions, tool definitions and keys are the same for everybody and
 * full of words with capitals; what a model answers repeats what it was told.
 */
const channelsWithNames: ReadonlySet<Channel> = new Set(['user', 'tool-result', 'attachment'])

/** A finding of what a company listed or knows keeps the class it was given. */
interface OwnFinding extends Finding {
  readonly class: Candidate['class']
}

/** Throws an `Error` that says which term is wrong and how, before anything is inspected. */
export function createInspector(options: InspectorOptions): Inspector {
  const {
    terms,
    knowledge,
    patterns,
    injection,
    topics,
    hash = stringHash,
    phone,
    secrets,
    further,
    names,
    namesIn,
  } = options
  const scan = scanWith(phone, secrets, further)
  const findOwn: OwnMatcher = { findTerms: createTermMatcher(terms), knowledge, patterns, names: undefined }
  const findOwnAndNames: OwnMatcher = { ...findOwn, names }
  const withNames = new Set(namesIn?.filter((each) => channelsWithNames.has(each)) ?? channelsWithNames)
  const looked = names === undefined ? kinds : [...kinds, ...kindsOfNames, ...publicKinds]
  const known = patterns === undefined ? looked : [...looked, ...patterns.kinds]
  const classes = new Map(known.map((kind) => [kind.type, kind.class]))
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
        further?.map(fingerprintOf),
        knowledge?.version,
        patterns?.version,
        injection?.version,
        names && [names.version, publicDetectors.map(fingerprintOf), namesIn],
        topics?.version,
      ]),
    ),
    kinds: known,
    inspect: (text, channel) => {
      const { findings, isPlain, seen } = inspect(
        text,
        withNames.has(channel) ? findOwnAndNames : findOwn,
        scan,
      )
      const read = { text, channel, isPlain, seen }
      if (injection !== undefined) return injection.addTo(findings, read, topics)
      return topics === undefined ? findings : topics.addTo(findings, read)
    },
    classOf: (finding) => {
      if (isOwnFinding(finding)) return finding.class
      const found = classes.get(finding.type)
      if (found === undefined) throw new Error(`no kind of finding is called ${finding.type}`)
      return found
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
  readonly patterns: PatternFinder | undefined
  readonly names: NameFinder | undefined
}

/** What a detector finds and how, as text: data and code alike. */
const fingerprintOf = (detector: Detector): unknown => [detector, String(detector.examine)]

const ruleScan = createTriggerScan(allDetectors)
const publicScan = createTriggerScan(publicDetectors)
export const publicKinds = publicDetectors.map(({ type, family, class: dataClass, label }) => ({
  type,
  family,
  class: dataClass,
  label,
}))
/** The last one made: lists of terms change, what numbers and secrets there are does not. */
let last:
  | {
      readonly phone: PhoneValidator | undefined
      readonly secrets: SecretModel | undefined
      readonly further: readonly Detector[] | undefined
      readonly scan: TriggerScan
    }
  | undefined

/** One table of triggers for each validator, classifier and list: inspectors come and go with the terms, it stays. */
function scanWith(
  phone: PhoneValidator | undefined,
  secrets: SecretModel | undefined,
  further: readonly Detector[] | undefined,
): TriggerScan {
  if (phone === undefined && secrets === undefined && further === undefined) return ruleScan
  if (last === undefined || last.phone !== phone || last.secrets !== secrets || last.further !== further) {
    const known = secrets === undefined ? allDetectors : withClassifier(allDetectors, secrets)
    const detectors = known.map((each) =>
      each === phoneNumber && phone !== undefined ? createPhoneDetector(phone) : each,
    )
    last = { phone, secrets, further, scan: createTriggerScan([...detectors, ...(further ?? [])]) }
  }
  return last.scan
}

interface Inspected {
  readonly findings: readonly Finding[]
  /** Nothing is disguised or encoded in it: the text is its only reading. */
  readonly isPlain: boolean
  /** Of a text that is not plain. */
  readonly seen: SeenReadings | undefined
}

function inspect(text: string, findOwn: OwnMatcher, scan: TriggerScan): Inspected {
  const candidates: Candidate[] = []
  const signs = new Signs(text)
  const isDisguised = collectDetected(text, scan, candidates, signs, false)
  if (isDisguised) candidates.length = 0
  else {
    collectOwn(text, findOwn, candidates)
    collectNames(text, findOwn.names, candidates)
  }
  const clues = isDisguised ? undefined : signs.clues()
  // Nearly all texts have no other reading: for them nothing is made that could hold one.
  const isOnlyReading = !isDisguised && clues === undefined
  const seeing: Seeing = { shown: [], clues }
  const isPlain = isOnlyReading || isAlone(text, clues, findOwn, scan, candidates, seeing)
  const seenReadings = isPlain ? undefined : seeing
  if (candidates.length === 0) return { findings: none, isPlain, seen: seenReadings }
  const apart = withoutOverlaps(text, isPlain ? candidates : highestOfPieces(candidates))
  return { findings: apart.map(findingOf), isPlain, seen: seenReadings }
}

/**
 * Collects what stands in the other readings of a text; gives true when there are none. Without clues the text is
 * disguised: then it is read in its readings, all of which show it.
 */
function isAlone(
  text: string,
  clues: Clues | undefined,
  findOwn: OwnMatcher,
  scan: TriggerScan,
  candidates: Candidate[],
  seeing: Seeing,
): boolean {
  const shown = clues === undefined ? shownReadings(text) : []
  const all = lookThrough(text, shown, (reading, isDecoded) => {
    if (clues !== undefined && reading.encodings.length === 0) return clues
    const noted = isDecoded ? new Signs(reading.text) : undefined
    collectFrom(reading, findOwn, scan, candidates, noted)
    const found = noted?.clues()
    if (isDecoded) noteFirst(seeing, reading, shown, found)
    return found
  })
  return clues !== undefined && all.length === 1
}

type Seeing = { -readonly [Member in keyof SeenReadings]: SeenReadings[Member] }

/** Notes the readings of a disguised text, with the clues of the first, the only one of them that is decoded. */
function noteFirst(
  seeing: Seeing,
  { encodings }: Reading,
  shown: readonly Reading[],
  clues: Clues | undefined,
): void {
  if (encodings.length > 0) return
  seeing.shown = shown
  seeing.clues = clues
}

/**
 * Rules first, then names, each in what room is left; what is public comes after everything that is not: a secret in
 * a web address is the secret, and the rest of it the address.
 */
function withoutOverlaps(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const layers: readonly Candidate[][] = [[], [], [], []]
  for (const candidate of candidates) layers[layerOf(candidate)]?.push(candidate)
  const found = layers.reduce<readonly Candidate[]>(
    (before, layer) => fitInto(text, before, resolveOverlaps(layer)),
    [],
  )
  return layers[1]?.length === 0 && layers[3]?.length === 0 ? found : withWholeAddresses(text, found)
}

/** Names, and words that may stand in one: the longer or surer of them is what is found. */
const typesOfNames: ReadonlySet<string> = new Set([...kindsOfNames, ...publicWords].map(({ type }) => type))

/** A name that is restricted is as strong as a rule. */
function layerOf(candidate: Candidate): number {
  const isGuessed = candidate.class !== 'restricted' && typesOfNames.has(candidate.kind.type)
  return (candidate.kind.class === 'public' ? 2 : 0) + Number(isGuessed)
}

const none: readonly Finding[] = []

/** What stands in a reading, led back. Of what is only shown around something decoded the text itself tells. */
function collectFrom(
  reading: Reading,
  findOwn: OwnMatcher,
  scan: TriggerScan,
  candidates: Candidate[],
  signs: Signs | undefined,
): void {
  const seen: Candidate[] = []
  if (!reading.isOfWords) collectDetected(reading.text, scan, seen, signs)
  collectOwn(reading.text, findOwn, seen)
  // A name is no more than a word: what is encoded for a machine holds too many that look like one.
  if (reading.encodings.length === 0) collectNames(reading.text, findOwn.names, seen)
  const inside = reading.encodings
    .toReversed()
    .map((encoding) => ` inside ${encoding}`)
    .join('')
  for (const candidate of seen) {
    if (!reading.isDecoded(candidate.start, candidate.end)) continue
    const { start, end } = reading.spanOf(candidate.start, candidate.end)
    const why = inside === '' ? candidate.why : `${candidate.why},${inside}`
    candidates.push({ ...candidate, start, end, why })
  }
}

/**
 * An encoded piece is one place, whatever it holds: what is of the highest class stands for it, so that nothing in it
 * is treated as less than it is. Of what several readings show alike the first is kept.
 */
function highestOfPieces(candidates: readonly Candidate[]): readonly Candidate[] {
  const byPlace = new Map<number | string, Candidate[]>()
  for (const candidate of candidates) {
    const place = placeOf(candidate)
    const kept = byPlace.get(place)
    const highest = kept?.[0]?.class
    if (highest === undefined || higherClass(highest, candidate.class) !== highest)
      byPlace.set(place, [candidate])
    else if (highest === candidate.class && kept?.every(({ kind }) => kind.type !== candidate.kind.type))
      kept.push(candidate)
  }
  return [...byPlace.values()].flat()
}

/** A number where that is exact: making texts for a hundred thousand places takes longer than finding them. */
const placeOf = ({ start, end }: Candidate): number | string =>
  end < 2 ** 26 ? start * 2 ** 26 + end : `${start} ${end}`

/** True when it was stopped by a disguised character, which happens in what is not yet a reading only. */
function collectDetected(
  text: string,
  scan: TriggerScan,
  candidates: Candidate[],
  signs?: Signs,
  isReading = true,
): boolean {
  // Triggers inside what their detector has just found wake nobody: a key may hold its own prefix.
  const readUpTo = new Map<Detector, number>()
  // As far as anything was found: nearly all triggers stand behind it, and need not be looked up.
  let foundUpTo = 0
  return scan(
    text,
    (detector, start, end) => {
      if (start < foundUpTo && start < (readUpTo.get(detector) ?? 0)) return
      const matches = detector.examine(text, start, end)
      if (matches.length === 0) return
      for (const match of matches) {
        candidates.push(candidateOf(match, detector))
        readUpTo.set(detector, match.end)
        foundUpTo = Math.max(foundUpTo, match.end)
      }
    },
    isReading,
    signs,
  )
}

/** Each member by itself: all look alike to the compiler then, whoever found them. */
function candidateOf(match: Match, detector: Detector): Candidate {
  const { start, end, score, why, isProved, kind = detector } = match
  return { start, end, score, why, isProved, kind, class: kind.class }
}

function collectOwn(
  text: string,
  { findTerms, knowledge, patterns }: OwnMatcher,
  candidates: Candidate[],
): void {
  for (const { start, end, label, class: ownClass } of findTerms(text)) {
    const why = `stands in the company's list of terms as: ${label}`
    candidates.push({ start, end, score: 1, why, kind: companyTerm, class: ownClass })
  }
  if (knowledge !== undefined) candidates.push(...knowledge.find(text))
  if (patterns === undefined) return
  for (const { start, end, kind, why } of patterns.find(text))
    candidates.push({ start, end, score: 0.9, why, kind, class: kind.class })
}

function collectNames(text: string, names: NameFinder | undefined, candidates: Candidate[]): void {
  if (names === undefined) return
  for (const { start, end, kind, score, why } of names.find(text)) {
    candidates.push({ start, end, score, why, kind, class: kind.class })
  }
  collectDetected(text, publicScan, candidates)
}

function findingOf({ start, end, kind, score, why, class: ownClass }: Candidate): Finding {
  const finding = { start, end, type: kind.type, family: kind.family, score, why }
  return ownTypes.has(kind.type) ? ({ ...finding, class: ownClass } as OwnFinding) : finding
}
