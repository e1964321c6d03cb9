import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { askedOnce, contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { type Group, groupsOf, separatorAfter, shapeOf } from '../../number-groups.ts'

const isSsnContext = contextBefore([
  ...['ssn', 'ssns', 'ss#', 'social', 'social security', 'soc sec', 'taxpayer', 'tax id', 'tin'],
])

/** Numbers printed on sample cards and in advertisements. Source: Social Security Administration. */
const samples = new Set(['078051120', '219099999', '123456789', '987654321', '111223333'])

function findSsn(text: string, start: number, end: number): readonly Match[] {
  // No word stands inside a run, so one look before it serves all of its numbers.
  const hasContext = askedOnce(isSsnContext, text, start)
  if (!holdsHyphen(text, start, end) && !hasContext()) return nothing
  const groups = groupsOf(text, start, end)
  const matches: Match[] = []
  for (let first = 0; first < groups.length; first++) {
    const last = lastGroup(text, groups, first)
    if (last === undefined || !standsAlone(text, groups, first, last)) continue
    const match = matchOf(text, groups, first, last, hasContext)
    if (match === undefined) continue
    matches.push(match)
    first = last
  }
  return matches
}

/** Without words only numbers with hyphens are found: of a long row of others no list is made. */
const holdsHyphen = (text: string, start: number, end: number): boolean =>
  text.slice(start, end).includes('-')

/** One group of nine, or three, two and four with the same separator. */
function lastGroup(text: string, groups: readonly Group[], first: number): number | undefined {
  const group = groups[first] as Group
  if (group.end - group.start === 9) return first
  if (group.end - group.start !== 3 || shapeOf(groups, first, first + 2) !== '3-2-4') return undefined
  const separator = separatorAfter(text, groups, first)
  const isUniform = separator === separatorAfter(text, groups, first + 1)
  return isUniform && /^[- .]$/.test(separator) ? first + 2 : undefined
}

function matchOf(
  text: string,
  groups: readonly Group[],
  first: number,
  last: number,
  hasContext: () => boolean,
): Match | undefined {
  const { start } = groups[first] as Group
  const { end } = groups[last] as Group
  const isHyphened = last > first && text[(groups[first] as Group).end] === '-'
  const isNamed = hasContext()
  if (!isNamed && !isHyphened) return undefined
  if (!isAssignable(text.slice(start, end).replace(/\D/g, ''))) return undefined
  const why = isNamed
    ? 'nine digits in an assigned range after words about social security'
    : 'nine digits in an assigned range, hyphened as social security numbers are'
  return { start, end, score: isNamed ? 0.95 : 0.75, why }
}

/** Area not 000, 666 or from 900; group not 00; serial not 0000; no sample and no single repeated digit. */
const isAssignable = (digits: string): boolean =>
  !samples.has(digits) && !/^(?:000|666|9|\d{3}00|\d{5}0000|(\d)\1{8})/.test(digits)

function standsAlone(text: string, groups: readonly Group[], first: number, last: number): boolean {
  const { start } = groups[first] as Group
  const { end } = groups[last] as Group
  if (isInsideAtStart(text, start) || /[-.+$€£]/.test(text.charAt(start - 1))) return false
  if (isInsideAtEnd(text, end) || /[-%]/.test(text.charAt(end))) return false
  return separatorAfter(text, groups, last) !== '.'
}

/** Social security numbers of the United States. There is no checksum: without hyphens they need context. */
export const usSsn: Detector = {
  type: 'us-ssn',
  family: 'identity',
  class: 'confidential',
  label: 'US social security number',
  trigger: { digits: 9, isApart: true, inOneGroup: 9 },
  examine: findSsn,
  proof: 'assigned range and hyphens, or words before it',
  finds: [
    'born 1980, «536-22-8145», Ohio',
    'SSN: «536228145»',
    'my social security number is «536 22 8145».',
    '{"ssn":"«536228145»"}',
    'social_security «212.47.9981»',
    '«536-22-8145»',
    '"ssn:\\n«536-22-8145»\\n"',
    'Anna,«536-22-8145»,Ohio',
    '*«536-22-8145»* and _«212-47-9981»_',
    '?ssn=«536228145»&state=OH',
  ],
  ignores: [
    '078-05-1120',
    '000-12-3456 and 666-12-3456 and 900-12-3456',
    '536-00-8145 and 536-22-0000',
    '536228145',
    'order 536 22 8145',
    'SSN: 123-45-6789',
    'part A536-22-8145',
    '1-536-22-8145-9',
    '536-22-81456',
    'released 2024-05-1234',
    '12345678-1234-1234-1234-123456789012',
    'ref_536-22-8145',
  ],
  source: 'Social Security Administration, randomised since 2011-06-25: POMS RM 10201.035',
}
