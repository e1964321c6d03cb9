import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** The three or four digits printed on a card. Nothing in them speaks for themselves: only their name does. */
export const cardSecurityCode: Detector = {
  type: 'card-security-code',
  family: 'payment',
  class: 'restricted',
  label: 'security code of a card',
  ...namedValue({
    wakes: [
      ...['cvv', 'cvc', 'card verification', 'card security', 'kartenpr', 'cryptogramme', 'code de s'],
      ...['beveiligingscode', 'codice di sicurezza'],
    ],
    names:
      'cvv2?|cvc2?|card verification (?:code|value|number)|card security code|kartenprüf(?:nummer|ziffer)|cryptogramme(?: visuel)?|code de sécurité|c[óo]digo de seguri?dad|c[óo]digo de segurança|beveiligingscode|codice di sicurezza',
    value: '\\d{3,4}',
    judge: () => ({ score: 0.9, why: 'three or four digits after a name for the security code of a card' }),
  }),
  proof: 'its name before three or four digits',
  finds: [
    '4111 1111 1111 1111 12/27 CVV «123»',
    'cvc: «1234»',
    '{"cvv":"«987»"}',
    'card_cvv=«987»&x=1',
    'The CVV2 code is «321».',
    'card verification value «4321»',
    'Kartenprüfnummer: «123»',
    'code de sécurité : «123»',
    'codice di sicurezza «123»',
    'beveiligingscode is «123»',
  ],
  ignores: [
    'the CVV is on the back',
    'a CVV has 3 digits',
    'cvc12345',
    'cvv: 12345',
    'security code 123',
    'class CVC2020x',
  ],
  source: 'PCI DSS 4.0, requirement 3.3.1.2',
}
