/** Numbers with their name behind them: `943 476 5919 is her NHS number`. */
import { isAlphanumeric } from '../characters.ts'
import { type Detector, type Match, nothing } from '../detector.ts'
import { medicalRecordNumber } from '../detectors/health/medical-record-number.ts'
import { identityIds } from '../detectors/identity/index.ts'
import { usSsn } from '../detectors/identity/us-ssn.ts'
import { bankAccount } from '../detectors/payment/bank-account.ts'
import { caselessExpression } from '../fold-case.ts'
import { groupsOf, shapeOf } from '../number-groups.ts'
import { type Candidate, resolveOverlaps } from '../overlaps.ts'
import { furtherBankAccount } from './bank.ts'
import { healthPlanId } from './health-plan.ts'
import { oneTimeCode } from './one-time-code.ts'

/** Ids by what wakes them: the groups of a number, or the length of a word. */
const byShape: ReadonlyMap<string, readonly Detector[]> = indexedBy(({ trigger }) =>
  'groups' in trigger ? trigger.groups : [],
)
const byLength: ReadonlyMap<number, readonly Detector[]> = indexedBy(({ trigger }) =>
  'mixed' in trigger
    ? Array.from(
        { length: trigger.mixed.longest - trigger.mixed.shortest + 1 },
        (_, more) => trigger.mixed.shortest + more,
      )
    : [],
)
/** What is found by its name. */
const byName: readonly Detector[] = [
  bankAccount,
  furtherBankAccount,
  medicalRecordNumber,
  healthPlanId,
  oneTimeCode,
]

/** `is my`, `ist die`, `is Ada Example's`: what stands between a number and its name. */
const between = [
  "(?:is|was) (?:my|his|her|their|our|your|the|an?|(?:[\\p{L}.-]{1,20} ){0,3}[\\p{L}-]{1,20}['’]s?)",
  '(?:ist|war) (?:(?:mein|dein|sein|ihr|unser|eur|ein)e?|die|der|das)',
  '(?:is|was) (?:mijn|jouw|je|zijn|haar|ons|onze|hun|uw|het|de|een)',
  "(?:c['’])?(?:est|était) (?:mon|ton|son|notre|votre|leur|ma|ta|sa|le|la|un)",
  '(?:es|era) (?:mi|tu|su|nuestr[oa]|el|la|un)',
  "(?:è|e'|era) (?:(?:il|la|un) )?(?:mio|mia|tuo|tua|suo|sua|nostr[oa]|loro)",
  '(?:é|era) (?:[oa] |um )?(?:meu|minha|teu|tua|seu|sua|nosso|nossa)',
  "(?:c['’])?(?:est|è|é) (?:l['’]|il|la|o|a)",
].join('|')
/** Small, and asked first: behind most numbers stands no such verb. */
const said = /^["'”»*_`]{0,2} (?:is|was|ist|war|c.est|est|était|es|era|[èé]|e')[ '’]/i
const named = caselessExpression(`^["'”»*_\`]{0,2} (?:${between}) ?(?<![\\p{L}])(\\p{L}[\\p{L}'’ .-]{1,47})`)
/** With what goes on about the number, or begins another clause, its name has ended. */
const ends =
  /(?:\.(?=\s|$)|(?<!\p{L})(?:of|for|in|on|at|from|with|that|which|who|and|or|but|to|by|as|if|so|because|und|oder|für|von|der|des|bei|mit|aber|et|pour|mais|qui|y|para|per|che|voor|van|maar)(?!\p{L})).*/iu
/** Numbers of other things, which have a name of an id in theirs: the telephone number of a health insurance. */
const isOther =
  /(?<!\p{L})(?:tele(?:ph|f)\p{L}*|t[ée]l(?:[ée]ph\p{L}*|[ée]f\p{L}*|\.)?|phone|mobile|cell\p{L}*|fax\p{L}*|hotline|handy\p{L}*|ruf\p{L}*|m[óo]vil|gsm|order|invoice|bill|ticket|booking|reservation|tracking|zip|postcode|bestell\p{L}*|rechnung\p{L}*|commande|facture|pedido|fa[ct]t?ura|not|never|kein\p{L}*|nicht|fake|invalid|random|sample)(?!\p{L})/iu

const reach = 112
/** Letters right before the digits, and right behind them. */
const mostBefore = 10
const mostAfter = 2

/** A value with the unit before it, and in it the first and last digit. */
interface Value {
  readonly written: string
  readonly first: number
  readonly last: number
}

/** What is found in a value when its name stands before it; positions are those in `written`. */
function readAs(name: string, { written, first, last }: Value): readonly Candidate[] {
  const text = `${name} ${written}`
  const offset = text.length - written.length
  const candidates: Candidate[] = []
  const ask = (detector: Detector, from: number, until: number): void => {
    // In a form of its own it is found without its name as well.
    const alone = from < offset ? nothing : detector.examine(written, from - offset, until - offset)
    for (const match of detector.examine(text, from, until)) {
      const start = match.start - offset
      const end = match.end - offset
      if (start >= 0 && end === written.length && match.score > (alone[0]?.score ?? 0))
        candidates.push({ ...match, start, end, kind: detector, class: detector.class })
    }
  }
  const [start, end] = [offset + first, offset + last]
  const groups = groupsOf(text, start, end)
  for (const id of byShape.get(shapeOf(groups, 0, groups.length - 1)) ?? []) ask(id, start, end)
  ask(usSsn, start, end)
  const length = written.length - 1
  if (groups.length === 1 && length > last - first)
    for (const id of byLength.get(length) ?? []) ask(id, offset + 1, text.length)
  for (const { index } of name.matchAll(/(?<!\p{L})\p{L}/gu))
    for (const detector of byName) ask(detector, index, index)
  return candidates
}

/** The ids of all kinds, bank accounts and the numbers of patients and plans, with their name behind them. */
export const namedBehind: Detector = {
  ...usSsn,
  trigger: {
    digits: 5,
    most: 17,
    touching: {
      before: '',
      after: ' "\'”»*_`ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
      afterSpace: 'iIwWeEcC',
      afterOther: ' *',
    },
  },
  examine: (text, start, end) => {
    let from = start
    while (start - from < mostBefore && isAlphanumeric(text.charCodeAt(from - 1))) from--
    let until = end
    while (until - end < mostAfter && isAlphanumeric(text.charCodeAt(until))) until++
    const behind = text.slice(until, until + reach)
    if (!said.test(behind)) return nothing
    const name = named.exec(behind)?.[1]?.replace(ends, '') ?? ''
    if (name.trim() === '' || isOther.test(name)) return nothing
    // A sign before it may show that it is a part of something else; the end of a line does not.
    const before = from === 0 || /\s/.test(text.charAt(from - 1)) ? ' ' : text.charAt(from - 1)
    const shift = from - 1
    const value = { written: before + text.slice(from, until), first: start - shift, last: end - shift }
    return resolveOverlaps(readAs(name, value)).map(
      (found): Match => ({
        ...found,
        start: shift + found.start,
        end: shift + found.end,
        why: 'its name behind it, and the form of what is called so',
      }),
    )
  },
}

function indexedBy<Key>(keysOf: (id: Detector) => readonly Key[]): ReadonlyMap<Key, readonly Detector[]> {
  const index = new Map<Key, Detector[]>()
  for (const id of identityIds)
    for (const key of new Set(keysOf(id))) index.set(key, [...(index.get(key) ?? []), id])
  return index
}
