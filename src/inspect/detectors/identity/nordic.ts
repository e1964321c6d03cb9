/** Ids of Sweden, Finland, Denmark, Norway and Iceland. */
import { hasDayMonthYear, isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { hasLuhnSum, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Co-ordination numbers have 60 added to the day. */
function isPersonnummer(id: string): boolean {
  const short = id.slice(-10)
  if (id.length === 12 && !/^(?:18|19|20)/.test(id)) return false
  const day = numberAt(short, 4, 6)
  return isDayOfMonth(numberAt(short, 2, 4), day > 60 ? day - 60 : day) && hasLuhnSum(short)
}

/** The third digit tells it from a date. */
const isSwedishCompany = (id: string): boolean =>
  /^[125-9]\d[2-9]/.test(id.slice(-10)) && hasLuhnSum(id.slice(-10))

/** A letter between date and number is the century; a sign there is not read. */
function isHetu(id: string): boolean {
  const number = numberAt(id, id.length - 4, id.length - 1)
  return (
    (id.length === 10 || 'ABCDEFUVWXY'.includes(id.charAt(6))) &&
    hasDayMonthYear(id, 0) &&
    number >= 2 &&
    '0123456789ABCDEFHJKLMNPRSTUVWXY'[(numberAt(id, 0, 6) * 1000 + number) % 31] === id.at(-1)
  )
}

export const isFinnishCompany = (id: string): boolean =>
  weightedSum(id, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0 && id !== '00000000'

export const isDanishCompany = (id: string): boolean =>
  !id.startsWith('0') && weightedSum(id, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0

/** Since 2007 numbers are given out that do not keep modulo 11. */
const isCpr = (id: string): boolean => hasDayMonthYear(id, 0) && !id.endsWith('0000')

/** D-numbers have 40 added to the day, H-numbers to the month, those for tests 65 or 80. */
function isFodselsnummer(id: string): boolean {
  const [day, month] = [numberAt(id, 0, 2), numberAt(id, 2, 4)]
  const plainMonth = month > 80 ? month - 80 : month > 65 ? month - 65 : month > 40 ? month - 40 : month
  return (
    isDayOfMonth(plainMonth, day > 40 ? day - 40 : day) &&
    weightedSum(id.slice(0, 10), [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  )
}

export const isNorwegianCompany = (id: string): boolean =>
  /^[89]/.test(id) && weightedSum(id, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0

/** Companies have 40 added to the day; the last digit is the century. */
function isKennitala(id: string): boolean {
  const day = numberAt(id, 0, 2)
  return (
    /[089]$/.test(id) &&
    isDayOfMonth(numberAt(id, 2, 4), day > 40 ? day - 40 : day) &&
    weightedSum(id.slice(0, 9), [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  )
}

export const nordicIds: readonly Detector[] = [
  identifier({
    type: 'se-personnummer',
    label: 'Swedish personal number',
    names: ['person', 'personnr', 'samordnings', 'pnr', 'pers nr', 'personal number'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['999999-9999', '99999999-9999', '999999+9999'],
    forms: ['9999999999', '999999999999', '999999 9999', '99999999 9999'],
    isValid: isPersonnummer,
    proof: 'date of birth and Luhn sum',
    finds: [
      'personnummer «811228-9874»',
      '«19811228-9874»',
      'pnr: «8112289874»',
      '«811228-9874»',
      '«640823+3234»',
    ],
    ignores: ['811228-9873', '8112289874', '811328-9874', '1-811228-9874', 'tel 081122-98744'],
    source: 'Skatteverket, SKV 704; folkbokföringslagen (1991:481)',
  }),
  identifier({
    type: 'se-company-number',
    label: 'Swedish organisation number',
    names: ['organisations', 'orgnr', 'org nr', 'org number', 'moms', 'bolag'],
    sharedNames: companyWords,
    forms: ['999999-9999', '9999999999'],
    isValid: isSwedishCompany,
    proof: 'kind of body and Luhn sum',
    finds: ['org.nr «556012-5790»', 'Organisationsnummer: «5560125790»'],
    ignores: ['556012-5790', 'org.nr 556012-5791', '5560125790'],
    source: 'Skatteverket, SKV 709; lag (1974:174)',
  }),
  identifier({
    type: 'fi-hetu',
    label: 'Finnish personal identity code',
    names: ['hetu', 'henkil[oö]tunnus', 'henkil[oö]', 'sotu', 'personbeteckning', 'personal identity code'],
    sharedNames: personWords,
    ownForms: ['999999-9999', '999999-999A', '999999+9999', '999999+999A', '999999A999*'],
    isValid: isHetu,
    isProof: true,
    proof: 'date of birth and check character modulo 31',
    finds: ['hetu «131052-308T»', '«131052-308T»', '«241215A1872»', 'henkilötunnus «010190-5392»'],
    ignores: ['131052-308U', '241215G1872', '321052-308T', 'x131052-308T', '131052-308'],
    source: 'Digi- ja väestötietovirasto, henkilötunnus; asetus 128/2010',
  }),
  identifier({
    type: 'fi-company-number',
    label: 'Finnish business number',
    names: ['y tunnus', 'ytunnus', 'fo nummer', 'business id', 'alv'],
    sharedNames: companyWords,
    forms: ['9999999-9', '99999999'],
    isValid: isFinnishCompany,
    proof: 'check digit modulo 11',
    finds: ['Y-tunnus «0112038-9»', 'business ID: «2412293-4»'],
    ignores: ['0112038-9', 'Y-tunnus 0112038-8', '01120389'],
    source: 'Patentti- ja rekisterihallitus, yritys- ja yhteisötunnus',
  }),
  identifier({
    type: 'dk-cpr',
    label: 'Danish personal number',
    names: ['cpr', 'personnummer', 'cpr nummer', 'person'],
    sharedNames: personWords,
    forms: ['999999-9999', '9999999999', '999999 9999'],
    isValid: isCpr,
    isUnchecked: true,
    proof: 'date of birth',
    finds: ['CPR: «211062-5629»', 'cpr-nummer «2110625629»', 'CPR-nr. «010190-1235»'],
    ignores: ['211062-5629', '2110625629', 'CPR 321062-5629', 'CPR 211062-0000'],
    source: 'CPR-kontoret, personnummeret i CPR; since 2007 without modulo 11',
  }),
  identifier({
    type: 'dk-company-number',
    label: 'Danish company number',
    names: ['cvr', 'cvr nummer', 'se nummer', 'moms'],
    sharedNames: companyWords,
    forms: ['99999999', '99 99 99 99', '9999 9999'],
    isValid: isDanishCompany,
    proof: 'check digit modulo 11',
    finds: ['CVR «13585628»', 'CVR-nr. «13 58 56 28»'],
    ignores: ['13585628', 'CVR 13585627', 'tlf 13 58 56 28', 'on 20240131'],
    source: 'Erhvervsstyrelsen, Det Centrale Virksomhedsregister',
  }),
  identifier({
    type: 'no-fodselsnummer',
    label: 'Norwegian birth number',
    names: ['f[oø]dsels', 'fnr', 'd nummer', 'person', 'personnr', 'birth number'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['999999 99999', '999999-99999'],
    forms: ['99999999999'],
    isValid: isFodselsnummer,
    isProof: true,
    proof: 'date of birth and two check digits modulo 11',
    finds: ['fødselsnummer «15108695088»', '«151086 95088»', 'fnr «01019039656»'],
    ignores: ['15108695089', '15108695088', 'fnr 15138695088', '151086 95089'],
    source: 'Skatteetaten; folkeregisterforskriften § 2-2',
  }),
  identifier({
    type: 'no-company-number',
    label: 'Norwegian organisation number',
    names: ['organisasjons', 'orgnr', 'org nr', 'foretaks', 'mva'],
    sharedNames: companyWords,
    forms: ['999999999', '999 999 999', '999999999mva', '999 999 999 mva'],
    isValid: (id) => isNorwegianCompany(id.slice(0, 9)),
    proof: 'check digit modulo 11',
    finds: ['org.nr. «988 077 917»', 'Organisasjonsnummer «988077917»', 'MVA: «988 077 917 MVA»'],
    ignores: ['988077917', 'orgnr 988077918', 'sum 988 077 917'],
    source: 'Brønnøysundregistrene, Enhetsregisteret',
  }),
  identifier({
    type: 'is-kennitala',
    label: 'Icelandic identity number',
    names: ['kennitala', 'kt'],
    sharedNames: [...personWords, ...companyWords, ...taxWords],
    ownForms: ['999999-9999'],
    forms: ['9999999999', '999999 9999'],
    isValid: isKennitala,
    proof: 'date of birth, century and check digit modulo 11',
    finds: ['kennitala «120174-3399»', 'kt. «1201743399»', '«120174-3399»'],
    ignores: ['120174-3389', '1201743399', 'kt 321374-3399'],
    source: 'Þjóðskrá Íslands; lög um skráningu einstaklinga 140/2019',
  }),
]
