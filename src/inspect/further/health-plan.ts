import { type Detector, nothing } from '../detector.ts'
import { type NamedValue, namedValue, type Verdict } from '../named-value.ts'
import { alternativesOf, createHoldsWordInTurn } from '../word-beginnings.ts'
import { healthPlanKind } from './kinds.ts'

/** Letters of the insurer, then digits in parts: `XEA 123 456 789`, `W123456789-01`. Every insurer has its own form. */
const value =
  '[a-z]{0,4}[ -]?\\d{2,5}(?:[ -]\\d{2,6}){1,4}(?:-[a-z\\d]{1,4})?|[a-z]{0,4}[ -]?\\d[a-z\\d]{3,17}(?:-[a-z\\d]{1,6}){0,3}'

const fewestDigits = 5
/** A day, or the years of a plan. */
const date =
  /^(?:19|20)\d\d[ -]?[01]\d[ -]?[0-3]\d$|^[0-3]?\d-[01]?\d-(?:19|20)?\d\d$|^(?:19|20)\d\d[ -](?:(?:19|20)\d\d|\d\d)$/
/** `1-800-555-0100`: where to call about it. */
const hotline = /^(?:1[ -])?8(?:00|33|44|55|66|77|88)[ -]\d{3}[ -]\d{4}$/

const judge = (written: string): Verdict | undefined =>
  written.replace(/\D/g, '').length < fewestDigits || date.test(written) || hotline.test(written)
    ? undefined
    : { score: 0.85, why: 'a number after a name for those of health plans' }

const described: Pick<NamedValue, 'value' | 'fillers' | 'judge'> = {
  value,
  fillers:
    'beneficiary|member|recipient|insurance|policy|group|plan|card|claim|e-?card|bei der|póliza|apólice',
  judge,
}

/** Numbers health plans give to whom they insure, after names that nothing else has. */
export const healthPlanId: Detector = {
  ...healthPlanKind,
  ...namedValue({
    ...described,
    wakes: [
      ...['health', 'medical insurance', 'medicaid', 'medi-cal'],
      ...['krankenvers', 'krankenkass', 'versicherten', 'kv-n'],
      ...['mutuelle', 'tarjeta sanitaria', 'seguro de salud', 'seguro m'],
      ...['zorgverzeker', 'zorgpolis', 'verzekerden'],
      ...['utente', 'carteirinha', 'seguro de sa'],
    ],
    names:
      'health[ _]?(?:plan|insurance|policy)|medical insurance|medicaid|medi-cal|krankenversicher(?:ten|ungs)?-?(?:nummer|nr)|krankenkassen-?(?:nummer|nr)|versicherten-?(?:nummer|nr)|kv-?(?:nummer|nr)|mutuelle|tarjeta sanitaria|seguro (?:de salud|médico)|zorgverzeker(?:ings?|aars?)?-?(?:nummer|polis(?:nummer)?|nr)|zorgpolis(?:nummer)?|verzekerden?-?nummer|utente|carteirinha|seguro de saúde',
  }),
  finds: [
    'Health plan beneficiary number: «884201377»',
    'health insurance ID «W123456789-01»',
    'his health insurance policy number is «XEA 123 456 789».',
    '{"health_plan_id":"«H4471220901»"}',
    'Medicaid ID: «AB12345C6789»',
    'medical insurance no. «55102938»',
    'Versichertennummer: «5567123409»',
    'Krankenkassennummer «80756000»',
    'mutuelle n° «00482913»',
    'tarjeta sanitaria nº «ABCD55667788»',
    'seguro de salud, póliza «4455667788»',
    'zorgverzekeringsnummer «120345678»',
    'número de utente «298471206»',
    'carteirinha: «0037 1234 5678 9012»',
  ],
  ignores: [
    'health insurance costs 12000 a year',
    'health plan 2026-2027',
    'health insurance: 1-800-555-0100',
    'Medicaid expansion of 2014',
    'life insurance policy number 884201377',
    'Rentenversicherungsnummer 5567123409',
    'plano de saúde 2024',
    'a health plan with 3 tiers',
  ],
}

/** Words that tell which insurance is meant. Dental and eye plans count. */
const wordsOfHealth =
  'health[ -]?(?:insurance|plans?|care|cover|policy)|medical|dental|vision plan|patients?|medicare|medicaid|aetna|cigna|humana|anthem|kaiser permanente|unitedhealthcare|uhc|blue ?cross|blue ?shield|bcbs|rx ?(?:bin|grp|pcn|group)|co-?pays?|deductible|hmo|ppo|krankenkassen?|krankenversicherung|gesundheitskarte|aok|barmer|tk|dak|mutuelle|complémentaire santé|salud|sanitas|adeslas|sanitari[ao]|zorgverzekering|zorgverzekeraar|zilveren kruis|menzis|saúde|unimed|amil'
const ofHealth = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wordsOfHealth})(?![\\p{L}\\p{N}])`, 'iu')
const mayBeOfHealth = createHoldsWordInTurn(alternativesOf(wordsOfHealth))
const reach = 120

const isBesideHealth = (text: string, start: number): boolean =>
  ofHealth.test(text.slice(Math.max(0, start - reach), start + reach))

const mayBeBesideHealth = (text: string, start: number): boolean =>
  mayBeOfHealth(text, Math.max(0, start - reach), Math.min(text.length, start + reach))

const shared = namedValue({
  ...described,
  wakes: [
    ...['member', 'subscriber', 'insured id', 'policy', 'group n', 'rxgrp'],
    ...['mitgliedsn', 'versicherungsn', 'adh'],
    ...['de afiliado', 'de asegurado', 'poliza', 'polisnummer', 'benefici'],
  ],
  names:
    'member[ _]?(?:id|number|no|#)|subscriber[ _]?(?:id|number|no)|insured id|policy (?:number|no|#)|group (?:number|no)|rxgrp|mitgliedsn(?:ummer|r)|versicherungsn(?:ummer|r)|adhérente?|de (?:afiliado|asegurado)|poliza|polisnummer|benefici[aá]ri[oa]',
})

/** The same after names that clubs, loans and other insurers have as well: only where health insurance is spoken of. */
export const sharedHealthPlanId: Detector = {
  ...healthPlanKind,
  ...shared,
  examine: (text, start, end) => {
    if (!mayBeBesideHealth(text, start)) return nothing
    const found = shared.examine(text, start, end)
    return found.length === 0 || isBesideHealth(text, start) ? found : nothing
  },
  finds: [
    'Aetna, member ID «W123456789»',
    'Blue Cross Blue Shield\nMember ID: «XEA123456789»\nGroup No: «0082345»',
    'Health insurance: subscriber number «884201377»',
    'AOK, Mitgliedsnummer «5567123409»',
    "Mutuelle, numéro d'adhérent : «00482913»",
    'salud: número de afiliado «4455667788»',
    'zorgverzekering, polisnummer «120345678»',
    'Unimed, número do beneficiário «00371234567»',
  ],
  ignores: [
    'gym member ID 12345678',
    'car insurance policy number 884201377',
    'Slack member ID 1234567',
    'the health of the group number 4 pod',
    'group number 0082345',
    'dental policy no. 12',
  ],
}
