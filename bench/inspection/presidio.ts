/**
 * The development texts of presidio-research, scored by their rule: spans that share characters of which at least
 * nine tenths agree, whatever their type. Names are looked for with the trained tagger, telephone numbers with their metadata.
 */
import type { Finding } from '#/core/finding.ts'
import { openNames } from '#/gateway/name-weights.ts'
import { isNumberOf } from '#/gateway/phone-numbers.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { createInspector } from '#/inspect/index.ts'
import { atLeast, type Figure, told } from '../figure.ts'
import { readRows } from './corpus.ts'
import { type Counts, countOverlap, counts, fOf, precisionOf, recallOf } from './spans.ts'

export interface LabelledSpan {
  readonly entity_type: string
  /** In code points. */
  readonly start_position: number
  readonly end_position: number
}

export interface LabelledText {
  readonly text: string
  readonly spans: readonly LabelledSpan[]
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** Kinds that answer for a label; a label that is not listed only counts for all types. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  CREDIT_CARD: ['payment-card'],
  IBAN_CODE: ['iban'],
  EMAIL_ADDRESS: ['email'],
  PHONE_NUMBER: ['phone'],
  US_SSN: ['us-ssn'],
  IP_ADDRESS: ['ip-address'],
  STREET_ADDRESS: ['street-address', 'postcode', 'postal-address'],
  ADDRESS: ['street-address', 'postcode', 'postal-address'],
  ZIP_CODE: ['postcode', 'street-address', 'postal-address'],
  AGE: ['age'],
  DATE_TIME: ['date', 'date-part', 'year', 'date-of-birth'],
  NRP: ['group-name', 'nationality', 'religion', 'political-opinion', 'ethnic-origin'],
  PERSON: ['person-name'],
  GPE: ['place-name', 'postal-address'],
  LOCATION: ['place-name', 'postal-address'],
  ORGANIZATION: ['organisation-name'],
  TITLE: ['person-title'],
  PREFIX: ['person-title'],
  DOMAIN_NAME: ['web-address', 'internal-url', 'internal-host', 'profile-url'],
  US_DRIVER_LICENSE: ['driving-licence'],
}

/** Labels that must be found nearly always. */
const certain = new Set(['CREDIT_CARD', 'IBAN_CODE', 'EMAIL_ADDRESS', 'PHONE_NUMBER', 'US_SSN'])
const leastCertain = 0.95
const leastAgreement = 0.9

export async function presidioFigures(corporaFolder: string): Promise<Figure[]> {
  const rows = await readRows<LabelledText>(corporaFolder, 'pii/presidio-research-dev.jsonl.gz')
  const { inspect } = createInspector({
    terms: [],
    phone: isNumberOf,
    further: furtherDetectors,
    names: openNames(),
  })
  const score = scoreTexts(rows, (text) => inspect(text, 'user'))
  const figures = [
    told('presidio-research: all types by their rule, precision', precisionOf(score.byTheirRule), 'share'),
    told('presidio-research: all types by their rule, recall', recallOf(score.byTheirRule), 'share'),
    atLeast('presidio-research: all types by their rule, F2', fOf(score.byTheirRule, 2), 'share', 0.75),
    told('presidio-research: all types span by span, precision', score.precision, 'share'),
    told('presidio-research: all types span by span, recall', score.recall, 'share'),
    told('presidio-research: all types span by span, F2', score.f2, 'share'),
  ]
  for (const [label, { found, labelled }] of score.byLabel) {
    const name = `presidio-research: ${label} recall of ${labelled}`
    const recall = found / labelled
    figures.push(
      certain.has(label) ? atLeast(name, recall, 'share', leastCertain) : told(name, recall, 'share'),
    )
  }
  for (const [type, { right, given }] of score.byType)
    figures.push(told(`presidio-research: ${type} precision of ${given}`, right / given, 'share'))
  return figures
}

export interface Score {
  readonly precision: number
  readonly recall: number
  /** Neighbours joined and signs at the edges left out, as `SpanEvaluator` does. */
  readonly byTheirRule: Counts
  /** Recall counts twice as much as precision. */
  readonly f2: number
  /** Spans of a label that were found as one of its kinds. */
  readonly byLabel: ReadonlyMap<string, { readonly found: number; readonly labelled: number }>
  /** Findings of a kind that agree with a span of any label. */
  readonly byType: ReadonlyMap<string, { readonly right: number; readonly given: number }>
}

export function scoreTexts(
  rows: readonly LabelledText[],
  inspect: (text: string) => readonly Finding[],
): Score {
  const byLabel = new Map<string, { found: number; labelled: number }>()
  const byType = new Map<string, { right: number; given: number }>()
  const byTheirRule = counts()
  let [right, given, found, labelled] = [0, 0, 0, 0]
  for (const { text, spans } of rows) {
    const findings = inspect(text)
    const offsets = unitOffsets(text)
    const wanted = spans.map(({ entity_type, start_position, end_position }) => ({
      label: entity_type,
      start: offsets[start_position] ?? text.length,
      end: offsets[end_position] ?? text.length,
    }))
    countOverlap(text, findings, wanted, byTheirRule)
    for (const finding of findings) {
      const isRight = wanted.some((span) => agreement(finding, span) >= leastAgreement)
      const counted = byType.get(finding.type) ?? { right: 0, given: 0 }
      counted.given++
      given++
      if (isRight) counted.right++
      if (isRight) right++
      byType.set(finding.type, counted)
    }
    for (const span of wanted) {
      const agreeing = findings.filter((finding) => agreement(finding, span) >= leastAgreement)
      const counted = byLabel.get(span.label) ?? { found: 0, labelled: 0 }
      counted.labelled++
      labelled++
      if (agreeing.some(({ type }) => kindsOf[span.label]?.includes(type) ?? true)) counted.found++
      if (agreeing.length > 0) found++
      byLabel.set(span.label, counted)
    }
  }
  const precision = given === 0 ? 1 : right / given
  const recall = labelled === 0 ? 1 : found / labelled
  const f2 = precision + recall === 0 ? 0 : (5 * precision * recall) / (4 * precision + recall)
  return { byTheirRule, precision, recall, f2, byLabel, byType }
}

/** Characters two spans share, of those either of them has. */
export function agreement(one: Span, other: Span): number {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start)
  if (shared <= 0) return 0
  return shared / (Math.max(one.end, other.end) - Math.min(one.start, other.start))
}

/** For each code point, and for the end, its place in UTF-16 units. */
export function unitOffsets(text: string): readonly number[] {
  const offsets: number[] = []
  let units = 0
  for (const point of text) {
    offsets.push(units)
    units += point.length
  }
  offsets.push(units)
  return offsets
}
