import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** Numbers of accounts as a country writes them, after a name; a UK sort code belongs to the account behind it. */
export const bankAccount: Detector = {
  type: 'bank-account',
  family: 'payment',
  class: 'confidential',
  label: 'bank account number',
  ...namedValue({
    wakes: [
      ...[
        'account n',
        'account#',
        'account #',
        'account_n',
        'acct',
        'accountn',
        'a/c',
        'sort code',
        'sortcode',
        'sort_code',
      ],
      ...[
        'kontonummer',
        'kontonr',
        'konto-n',
        'konto n',
        'bankverbindung',
        'de compte',
        'de cuenta',
        'rekeningn',
        'di conto',
        'da conta',
      ],
      ...['checking account', 'savings account', 'bank account'],
    ],
    names:
      '(?:bank |checking |savings )?account[ _]?(?:numbers?|num|no|nr|#)|(?:bank|checking|savings) account|acct|a/c|sort[ _]?code|kontonummer|kontonr|konto[- ]n(?:ummer|r)|bankverbindung|de compte|de cuenta|rekeningnummer|rekeningnr|di conto|da conta',
    fillers: 'corrente|corriente|bancaire|bancario|bancaria|account|sort|acct|ending|in|with',
    value:
      '\\d{2}[- ]\\d{2}[- ]\\d{2}(?![ -]?\\d)(?:[\\s,;/|]{1,3}(?:account|acct|a/c)?[\\s:.]{0,3}(?:number|no)?[\\s:.]{0,3}\\d{8})?|\\d[\\d -]{4,20}\\d',
    judge: (value, name) => {
      const digits = value.replace(/\D/g, '')
      if (name.startsWith('sort')) {
        if (!/^\d{2}([- ]?)\d{2}\1\d{2}(?!\d)/.test(value) || /^(\d)\1*$/.test(digits)) return undefined
        return { score: 0.9, why: 'six digits after a name for sort codes, with the account if it follows' }
      }
      if (digits.length < 6 || digits.length > 17 || /^(\d)\1*$/.test(digits) || isDate(value))
        return undefined
      return { score: 0.85, why: 'six to seventeen digits after a name for account numbers' }
    },
  }),
  proof: 'its name before six to seventeen digits',
  finds: [
    'account number: «12345678»',
    'Sort code «12-34-56 account 87654321»',
    'sort code: «20-00-00, account no. 55779911»',
    '{"account_number":"«000123456789»"}',
    'Acct # «9876543210»',
    'Kontonummer «532 013 000»',
    'numéro de compte : «00020041010»',
    'número de cuenta «0200051332»',
    'rekeningnummer «41 71 64 300»',
    'Please debit my checking account «4400123987».',
  ],
  ignores: [
    'the account number is missing',
    'account number 1234',
    'an account of 12345678 events',
    'sort code by 10 keys',
    'account no. 2026-11-23',
    'on my account 12345678',
  ],
  source: 'names in seven languages; UK Payments, sort codes; lengths of national account numbers',
}

const isDate = (value: string): boolean => /^(?:19|20)\d\d[- ][01]\d[- ][0-3]\d$/.test(value)
