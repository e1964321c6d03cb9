import type { Detector } from '../detector.ts'
import { bankAccount } from '../detectors/payment/bank-account.ts'
import { iban } from '../detectors/payment/iban.ts'
import { namedValue } from '../named-value.ts'

/** True when the detector of IBANs takes it, written without anything between its letters and digits. */
const isIban = (written: string): boolean => {
  const plain = written.replace(/[^A-Za-z\d]/g, '')
  return iban.examine(plain, 0, plain.length)[0]?.end === plain.length
}

/** The check digits of a Polish account are those of its IBAN. */
const ofPoland = (written: string): string => `PL${written}`

/**
 * IBANs under their name with dots, line breaks or blanks anywhere in them, and Polish accounts, which are IBANs
 * without their country.
 */
export const furtherIban: Detector = {
  ...iban,
  ...namedValue({
    wakes: ['iban', 'nr konta', 'numer konta', 'nr rachunku', 'numer rachunku', 'nrb', 'konto', 'rachunek'],
    names: 'iban|(?:nr|numer) (?:konta|rachunku)|nrb|konto|rachunek',
    fillers: 'bankowego|bankowy|bankowe|nummer',
    value: '[a-z]{2}[\\s.-]{0,2}\\d{2}(?:[\\s.-]{0,2}[a-z\\d]){11,30}|\\d{2}(?:[ -]?\\d){24}',
    judge: (value) =>
      isIban(/^\d/.test(value) ? ofPoland(value) : value)
        ? { score: 1, why: 'its name, and a valid check number', isProved: true }
        : undefined,
  }),
}

const digitsOf = (written: string): string => written.replace(/\D/g, '')

/** How many digits what is called so has; by how the name begins. */
const lengths: readonly (readonly [RegExp, (digits: string) => boolean])[] = [
  [/^clabe/, (digits) => digits.length === 18],
  [/^(?:blz|bankleit)/, (digits) => digits.length === 8],
  [/^bsb/, (digits) => digits.length === 6 || digits.length > 11],
  [/^ccc/, (digits) => digits.length === 20],
  [/^/, (digits) => digits.length >= 5 && digits.length <= 12],
]

/** Accounts and codes of banks after names of further countries. */
export const furtherBankAccount: Detector = {
  ...bankAccount,
  ...namedValue({
    wakes: [
      'clabe',
      'blz',
      'bankleitzahl',
      'bsb',
      'ccc ',
      'ccc:',
      'kto.',
      'kto-',
      'kto ',
      'kto:',
      'conta corrente',
      'conta n.',
      'conta no',
      'compte n',
    ],
    names: 'clabe|blz|bankleitzahl|bsb|ccc|kto(?:\\.?-?nr)?|conta(?: corrente| n)|compte n',
    fillers: 'account|acc|konto',
    value:
      '\\d{3}[ -]?\\d{3}(?:[\\s,;/|]{1,3}(?:account|acct?|a/c)[\\s:.]{0,3}(?:number|no)?[\\s:.]{0,3}\\d{6,10})|\\d(?:[ -]?\\d){4,19}',
    judge: (value, name) => {
      const digits = digitsOf(value)
      const fits = lengths.find(([begins]) => begins.test(name))?.[1](digits)
      if (fits !== true || /^(\d)\1*$/.test(digits)) return undefined
      return { score: 0.85, why: 'as many digits as what is called so has' }
    },
  }),
}
