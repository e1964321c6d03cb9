/** Words that stand before telephone numbers, or behind them. */
import { isDigit } from '../../characters.ts'

/** What a page knows as well. */
export const phoneWords: readonly string[] =
  `phone phones telephone tel mobile cell cellphone fax call called dial sms whatsapp hotline desk telefon
  telefonnummer handy handynummer mobil rufnummer téléphone portable teléfono telefono móvil celular cellulare
  telefone telefoon phonenumber`
    .split(/\s+/)
    .concat(['text me', 'phone number', 'contact number', 'answering at', 'reach me at', 'reach me on'])

/** Of these words there are many, and in a browser nobody looks for them. */
export const furtherPhoneWords: readonly string[] =
  `ph mob tél gsm appelez appelle rappelez joignable handynr telefonnr mobilnr mobilnummer mobiltelefon festnetz
  festnetznummer rückrufnummer fon erreichbar anrufen telefoonnummer telefoonnr gsmnummer bel bereikbaar tfno tlf
  llámame llámeme llamar telemóvel telemovel tlm ligue chiamami chiamare chiamate telefonu numer komórka puh puhelin
  тел телефон телефона телефону моб мобильный звоните τηλ τηλέφωνο κινητό`
    .split(/\s+/)
    .concat([
      // As `WhatsApp` is read.
      'whats app',
      ...['ring on', 'ring me', 'ring her', 'ring him', 'reach him', 'reach her', 'reach us', 'contact no'],
      ...['my number', 'meine nummer', 'mon num[ée]ro', 'mi n[úu]mero', 'meu n[úu]mero', 'mio numero'],
      ...['mijn nummer', 'ruf mich', 'rufen sie', 'rufe mich'],
    ])

/** In signatures the word stands behind the number. Alone and without separators only the plainest will do. */
export const namedAfter =
  /^(?: ?\(| ?[–-] | )(?:office|fax|mobile|mob|cell|cellphone|home|work|direct|handy|büro|privat|bureau|oficina|móvil|ufficio)(?![\p{L}\p{N}])/iu
export const plainlyNamedAfter = /^ ?\(?(?:fax|mobile|cell|cellphone|handy)(?![\p{L}\p{N}])/iu

const reach = 16
/** Between such a name and its number. */
const mostBetween = 8
const otherWords =
  '电话 電話 手机 手機 座机 携帯 전화 휴대폰 연락처 핸드폰 هاتف جوال موبايل फोन फ़ोन मोबाइल โทร טלפון נייד'.split(
    ' ',
  )
const otherLetters = new RegExp(`(?:${otherWords.join('|')})[^\\n\\d]{0,${mostBetween}}$`, 'u')
const lastLetters = new Set(otherWords.map((word) => word.charCodeAt(word.length - 1)))

/** Names of alphabets that write words without spaces, or that no beginning of a word tells. */
export function isNamedInOtherLetters(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at <= mostBetween + 1; at--) {
    const code = text.charCodeAt(at)
    if (lastLetters.has(code)) return otherLetters.test(text.slice(Math.max(0, start - reach), start))
    if (code === newline || isDigit(code)) return false
  }
  return false
}

const newline = 10
