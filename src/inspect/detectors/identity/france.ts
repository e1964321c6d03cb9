/** Ids of France. */
import { hasLuhnSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Sex, year, month, department or country, town, order, and 97 less the rest modulo 97. Corsica counts as 19 and 18. */
function isNir(id: string): boolean {
  if (!/^[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{8}$/.test(id)) return false
  const digits = id.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return 97 - (Number(digits) % 97) === Number(id.slice(13))
}

/** The last three digits are the rest modulo 511. */
const isSpi = (id: string): boolean =>
  /^[0-3]/.test(id) && Number(id.slice(0, 10)) > 0 && Number(id.slice(0, 10)) % 511 === Number(id.slice(10))

const laPoste = '356000000'

/** Branches of La Poste are many: the sum of their digits is a multiple of five, but for the seat. Source: INSEE. */
export function isSiret(id: string): boolean {
  if (!isSiren(id.slice(0, 9))) return false
  if (!id.startsWith(laPoste) || id === `${laPoste}00048`) return hasLuhnSum(id)
  return [...id].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0
}

export const isSiren = (id: string): boolean => hasLuhnSum(id) && id !== '000000000'

export const frenchIds: readonly Detector[] = [
  identifier({
    type: 'fr-nir',
    label: 'French social security number',
    names: [
      'nir',
      'num[eé]ro de s[eé]curit[eé] sociale',
      's[eé]curit[eé] sociale',
      'num[eé]ro de s[eé]cu',
      'insee',
      'carte vitale',
    ],
    sharedNames: socialWords,
    ownForms: [
      ...['999999999999999', '999999A99999999', '9 99 99 99 999 999 99', '9 99 99 9A 999 999 99'],
      ...['9999999999999 99', '9.99.99.99.999.999.99', '9-99-99-99-999-999-99', '9 99 99 99 999 999/99'],
    ],
    isValid: isNir,
    isProof: true,
    proof: 'month, place and check number modulo 97',
    finds: [
      'NIR «255081416802538»',
      'n° «2 55 08 14 168 025 38», merci',
      '«1 85 05 2A 006 021 01»',
      '«185057800600177»',
      '«2550814168025 38»',
    ],
    ignores: ['255081416802539', '2 55 08 14 168 025 39', '255131416802538', '9255081416802538'],
    source: 'INSEE, numéro d’inscription au répertoire; décret 82-103',
  }),
  identifier({
    type: 'fr-tax-id',
    label: 'French tax number',
    names: ['spi', 'num[eé]ro fiscal', 'nif', 'r[eé]f[eé]rence fiscale', 'avis d.imp[oô]t', 'imp[oô]ts?'],
    sharedNames: taxWords,
    forms: ['9999999999999', '99 99 999 999 999', '9 999 999 999 999'],
    isValid: isSpi,
    proof: 'check number modulo 511',
    finds: ['numéro fiscal : «3023217600053»', 'SPI «30 23 217 600 053»'],
    ignores: ['3023217600053', 'numéro fiscal 3023217600054', 'at 1700000000000'],
    source: 'Direction générale des Finances publiques; OECD, tax identification numbers of France',
  }),
  identifier({
    type: 'fr-siren',
    label: 'French company number (SIREN)',
    names: ['siren', 'rcs', 'rcs \\w+', 'num[eé]ro siren'],
    sharedNames: companyWords,
    forms: ['999999999', '999 999 999'],
    isValid: isSiren,
    proof: 'Luhn sum',
    finds: ['SIREN «732829320»', 'RCS Paris «732 829 320»', 'TVA: «217 070 325»'],
    ignores: ['732829320', 'SIREN 732829321', 'CA de 732 829 320 euros', 'SIREN 732 829 320 000'],
    source: 'INSEE, répertoire Sirene',
  }),
  identifier({
    type: 'fr-siret',
    label: 'French number of a business site (SIRET)',
    names: ['siret', 'num[eé]ro siret'],
    sharedNames: [...companyWords, 'siren'],
    ownForms: ['999 999 999 99999'],
    forms: ['99999999999999', '999999999 99999'],
    isValid: isSiret,
    proof: 'Luhn sum of the company and of the site',
    finds: ['SIRET «73282932000074»', '«732 829 320 00074»', 'siret: «73282932005636»'],
    ignores: ['73282932000074', 'SIRET 73282932000075', 'at 20241231235959', '732 829 321 00074'],
    source: 'INSEE, répertoire Sirene',
  }),
]
