import { isLetter } from '../../characters.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isWithinWord } from '../../named-value.ts'

const isCardContext = contextBefore([
  ...[
    'card',
    'cards',
    'credit',
    'debit',
    'visa',
    'mastercard',
    'maestro',
    'amex',
    'pan',
    'kreditkarte',
    'karte',
  ],
  ...['carte', 'tarjeta', 'carta', 'cartão', 'kaart', 'creditcard', 'cvv', 'cvc'],
  // A card number itself: sixteen digits in fours, or fifteen.
  '\\d{4}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{3,4}',
  '\\d{4}[ -]?\\d{6}[ -]?\\d{5}',
])

const named =
  /^(?:exp(?:iry|iration|ires|ired)?(?: ?date)?|valid (?:thru|through|until|to|till)|gültig bis|valable jusqu'au|date d'expiration|válida? hasta|caducidad|vencimiento|validade|scadenza|geldig tot|vervaldatum)(?![\p{L}])[\s"'*_:=.>|(-]{1,6}((?:0[1-9]|1[0-2])\s?[/-]\s?(?:20)?[2-4]\d)(?![\d/.-])/iu

function findExpiry(text: string, start: number, triggerEnd: number): readonly Match[] {
  if (isWithinWord(text, start) || isOtherWord(text, start, triggerEnd)) return nothing
  const found = named.exec(text.slice(start, start + 48))
  if (found === null || !isCardContext(text, start)) return nothing
  const end = start + found[0].length
  const value = found[1] ?? ''
  return [
    { start: end - value.length, end, score: 0.8, why: 'month and year after words for the end of a card' },
  ]
}

/** `experience`: what `named` has behind `exp` begins otherwise. */
function isOtherWord(text: string, start: number, end: number): boolean {
  const next = text.charCodeAt(end)
  return end - start === shortest && isLetter(next) && !'diDI'.includes(String.fromCharCode(next))
}

const shortest = 3

/** The month a card ends in, when a card is spoken of. Alone it is any month. */
export const cardExpiry: Detector = {
  type: 'card-expiry',
  family: 'payment',
  class: 'internal',
  label: 'expiry date of a card',
  trigger: {
    literals: [
      ...[
        'exp',
        'valid t',
        'valid u',
        'ltig bis',
        'valable j',
        "date d'exp",
        'lida hasta',
        'caducidad',
        'vencimiento',
      ],
      ...['validade', 'scadenza', 'geldig tot', 'vervaldatum'],
    ],
    isAnyCase: true,
  },
  examine: findExpiry,
  isNamedOnly: true,
  proof: 'its name, and a card before it',
  finds: [
    '4111 1111 1111 1111, exp «12/27»',
    'card 4111111111111111 valid thru «01/2028»',
    '{"pan":"4012888888881881","expires":"«12/27»"}',
    'Visa card, expiration date: «09/29»',
    'tarjeta 4111111111111111 caducidad «11/28»',
  ],
  ignores: [
    'the offer expires 12/27',
    'credit card fees expire',
    'exp 13/27 on the card',
    'my card expires 12/27/2026',
    'export 12/27',
  ],
  source: 'ISO/IEC 7813:2006; PCI DSS 4.0, table of account data',
}
