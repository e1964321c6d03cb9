/** Ids of Brazil, Mexico, Argentina, Chile, Colombia, Peru, Ecuador and the Dominican Republic. */
import { hasYearMonthDay } from '../../birth-dates.ts'
import { hasLuhnSum, valueAt, weightedSum, weightedSumFromEnd } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** 11 less the rest, 0 for 10 and 11. */
const brazilianDigit = (characters: string, weights: readonly number[]): number => {
  const rest = [...characters].reduce(
    (sum, character, at) => sum + (character.charCodeAt(0) - 48) * (weights[at] as number),
    0,
  )
  return rest % 11 < 2 ? 0 : 11 - (rest % 11)
}

const cpfWeights = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]

const isCpf = (id: string): boolean =>
  !/^(\d)\1+$/.test(id) &&
  brazilianDigit(id.slice(0, 9), cpfWeights.slice(1)) === valueAt(id, 9) &&
  brazilianDigit(id.slice(0, 10), cpfWeights) === valueAt(id, 10)

const cnpjWeights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]

/** Since July 2026 letters may stand among the first twelve; they count as their code less 48. */
const isCnpj = (id: string): boolean =>
  /^[A-Z\d]{12}\d\d$/.test(id) &&
  !/^(\d)\1+$/.test(id) &&
  brazilianDigit(id.slice(0, 12), cnpjWeights.slice(1)) === valueAt(id, 12) &&
  brazilianDigit(id.slice(0, 13), cnpjWeights) === valueAt(id, 13)

const curpAlphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'
const mexicanStates =
  /^(?:A[SG]|B[CS]|C[CLMSH]|D[FG]|G[TR]|HG|JC|M[CNS]|N[TLE]|OC|PL|Q[TR]|S[PLR]|T[CSL]|VZ|YN|ZS)/

function isCurp(id: string): boolean {
  if (!/^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d$/.test(id)) return false
  if (!hasYearMonthDay(id, 4) || !mexicanStates.test(id.slice(11))) return false
  let sum = 0
  for (let at = 0; at < 17; at++) sum += curpAlphabet.indexOf(id.charAt(at)) * (18 - at)
  return (10 - (sum % 10)) % 10 === valueAt(id, 17)
}

/** The second is that of older systems: it lacks the sign & and the letter Ñ. */
const rfcAlphabets = ['0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ']

/** Thirteen characters for people, twelve for companies. */
function isRfc(id: string): boolean {
  if (!/^[A-Z]{3,4}\d{6}[1-9A-V][1-9A-Z][\dA]$/.test(id) || !hasYearMonthDay(id, id.length - 9)) return false
  const filled = id.padStart(13, ' ')
  return rfcAlphabets.some((alphabet) => {
    let sum = 0
    for (let at = 0; at < 12; at++) sum += alphabet.indexOf(filled.charAt(at)) * (13 - at)
    return '0A987654321'[sum % 11] === filled[12]
  })
}

const isCuit = (id: string): boolean =>
  /^(?:2[03-7]|3[034]|5[015])/.test(id) &&
  '09987654321'[weightedSum(id.slice(0, 10), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11] === id[10]

/** The check is 11 less the rest; K stands for ten. */
const isRut = (id: string): boolean =>
  !/^00/.test(id) && '0K987654321'[weightedSumFromEnd(id.slice(0, -1), [2, 3, 4, 5, 6, 7]) % 11] === id.at(-1)

const nitWeights = [3, 7, 13, 17, 19, 23, 29, 37, 41]

const isNit = (id: string): boolean =>
  '01987654321'[weightedSumFromEnd(id.slice(0, -1), nitWeights) % 11] === id.at(-1)

const isRuc = (id: string): boolean =>
  /^(?:1[0567]|20)/.test(id) &&
  (11 - (weightedSum(id.slice(0, 10), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === valueAt(id, 10)

export const latinAmericanIds: readonly Detector[] = [
  identifier({
    type: 'br-cpf',
    label: 'Brazilian personal tax number (CPF)',
    names: ['cpf', 'cpf mf', 'cadastro de pessoas? f[ií]sicas?'],
    sharedNames: [...taxWords, ...personWords],
    ownForms: ['999.999.999-99', '999999999-99'],
    forms: ['99999999999', '999 999 999 99'],
    isValid: isCpf,
    isProof: true,
    proof: 'two check digits modulo 11',
    finds: ['CPF «390.533.447-05»', '«390.533.447-05»', 'cpf: «39053344705»', '«390533447-05»'],
    ignores: ['390.533.447-06', '39053344705', '111.111.111-11', '1.390.533.447-05'],
    source: 'Receita Federal, Instrução Normativa 1548/2015',
  }),
  identifier({
    type: 'br-cnpj',
    label: 'Brazilian company number (CNPJ)',
    names: ['cnpj', 'cnpj mf', 'cadastro nacional da pessoa jur[ií]dica'],
    sharedNames: [...companyWords, ...taxWords],
    ownForms: ['99.999.999/9999-99', '**.***.***/9999-99', '**.***.***/99AA-99', '99999999/9999-99'],
    forms: ['99999999999999', '************99'],
    isValid: isCnpj,
    isProof: true,
    proof: 'two check digits modulo 11',
    finds: [
      'CNPJ «16.727.230/0001-97»',
      '«16.727.230/0001-97»',
      'cnpj: «16727230000197»',
      '«12.ABC.345/01DE-35»',
      'CNPJ «12ABC34501DE35»',
    ],
    ignores: ['16.727.230/0001-98', '16727230000197', '12.ABC.345/01DE-36', '12ABC34501DE35'],
    source: 'Receita Federal, Instrução Normativa 2229/2024',
  }),
  identifier({
    type: 'mx-curp',
    label: 'Mexican population registry code (CURP)',
    names: ['curp', 'clave [uú]nica'],
    sharedNames: personWords,
    ownForms: ['AAAA999999AAAAAA*9'],
    isValid: isCurp,
    isProof: true,
    proof: 'date of birth, state and check digit',
    finds: ['CURP «BOXW310820HNERXN09»', '«boxw310820hnerxn09»', 'curp: «HEGG560427MVZRRL04»'],
    ignores: ['BOXW310820HNERXN08', 'BOXW311320HNERXN09', 'XBOXW310820HNERXN09'],
    source: 'Secretaría de Gobernación, Instructivo Normativo para la asignación de la CURP, DOF 18/10/2021',
  }),
  identifier({
    type: 'mx-rfc',
    label: 'Mexican tax code (RFC)',
    names: ['rfc', 'registro federal de contribuyentes'],
    sharedNames: [...taxWords, ...companyWords],
    ownForms: [
      'AAAA999999***',
      'AAA999999***',
      'AAAA-999999-***',
      'AAA-999999-***',
      'AAAA 999999 ***',
      'AAA 999999 ***',
    ],
    isValid: isRfc,
    proof: 'date and check character modulo 11',
    finds: ['RFC «GODE561231GR8»', '«GODE561231GR8»', 'RFC: «gode561231gr8»', '«MAB930714AG4»'],
    ignores: ['GODE561231GR9', 'gode561231gr8', 'GODE561331GR8', 'AGODE561231GR8'],
    source: 'Servicio de Administración Tributaria, anexo 1 de la RMF',
  }),
  identifier({
    type: 'ar-cuit',
    label: 'Argentine tax number (CUIT)',
    names: ['cuit', 'cuil'],
    sharedNames: [...taxWords, ...companyWords],
    ownForms: ['99-99999999-9'],
    forms: ['99999999999', '99 99999999 9'],
    isValid: isCuit,
    proof: 'kind of person and check digit modulo 11',
    finds: ['CUIT «20-05536168-2»', '«20-05536168-2»', 'cuil: «20055361682»'],
    ignores: ['20-05536168-3', '20055361682', '21-05536168-2'],
    source: 'Administración Federal de Ingresos Públicos, RG 10/1997',
  }),
  identifier({
    type: 'ar-dni',
    label: 'Argentine identity number',
    names: ['dni', 'documento nacional', 'd n i', 'documento', 'doc'],
    forms: ['99.999.999', '99999999'],
    isValid: (id) => /^[1-9]/.test(id) && !/^(\d)\1+$/.test(id),
    isUnchecked: true,
    proof: 'eight digits',
    finds: ['DNI «20.123.456»', 'dni: «20123456»'],
    ignores: ['20.123.456', 'total 20.123.456', 'DNI 20.123.4567'],
    source: 'Registro Nacional de las Personas; Ley 17.671',
  }),
  identifier({
    type: 'cl-rut',
    label: 'Chilean identity and tax number (RUT)',
    names: ['rut', 'r u t', 'rol [uú]nico', 'rol [uú]nico tributario', 'c[eé]dula'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['99.999.999-9', '9.999.999-9', '99.999.999-k', '9.999.999-k'],
    forms: [
      '99999999-9',
      '9999999-9',
      '99999999-k',
      '9999999-k',
      '999999999',
      '99999999',
      '99999999k',
      '9999999k',
    ],
    isValid: isRut,
    proof: 'check digit modulo 11',
    finds: ['RUT «12.531.909-2»', '«12.531.909-2»', 'rut: «12531909-2»', 'RUT «76.086.428-5»'],
    ignores: ['12.531.909-3', '12531909-2', 'x12.531.909-2', '1.12.531.909-2'],
    source: 'Servicio de Impuestos Internos; Decreto con fuerza de ley 3/1969',
  }),
  identifier({
    type: 'co-nit',
    label: 'Colombian tax number (NIT)',
    names: ['nit', 'n i t', 'rut'],
    sharedNames: [...taxWords, ...companyWords],
    ownForms: ['999.999.999-9'],
    forms: ['999999999-9', '9999999999', '999 999 999-9', '99.999.999-9'],
    isValid: isNit,
    proof: 'check digit modulo 11',
    finds: ['NIT «213.123.432-1»', '«213.123.432-1»', 'nit: «213123432-1»'],
    ignores: ['213.123.432-2', '213123432-1', '1.213.123.432-1'],
    source: 'DIAN, Orden Administrativa 4/1989',
  }),
  identifier({
    type: 'co-cedula',
    label: 'Colombian identity number',
    names: ['c[eé]dula', 'c[eé]dula de ciudadan[ií]a', 'c c', 'cc'],
    forms: ['9.999.999.999', '99.999.999', '9999999999', '99999999'],
    isValid: (id) => (id.length === 8 ? /^[1-9]/.test(id) : id.startsWith('1')),
    isUnchecked: true,
    proof: 'eight or ten digits',
    finds: ['cédula «1.020.304.050»', 'C.C. «79.123.456»', 'cédula de ciudadanía No. «1020304050»'],
    ignores: ['1.020.304.050', 'total 79.123.456', 'cédula 2.020.304.050'],
    source: 'Registraduría Nacional del Estado Civil',
  }),
  identifier({
    type: 'pe-ruc',
    label: 'Peruvian tax number (RUC)',
    names: ['ruc', 'r u c', 'registro [uú]nico'],
    sharedNames: [...taxWords, ...companyWords],
    forms: ['99999999999', '99-99999999-9'],
    isValid: isRuc,
    proof: 'kind of person and check digit modulo 11',
    finds: ['RUC «20512333797»', 'ruc: «10034703821»'],
    ignores: ['20512333797', 'RUC 20512333798', 'RUC 21512333797'],
    source: 'SUNAT, Resolución 210-2004',
  }),
  identifier({
    type: 'ec-cedula',
    label: 'Ecuadorian identity number',
    names: ['c[eé]dula', 'c[eé]dula de identidad', 'c[eé]dula de ciudadan[ií]a', 'ecuadorian id'],
    sharedNames: personWords,
    forms: ['9999999999', '999999999-9'],
    isValid: (id) => /^(?:0[1-9]|1\d|2[0-4]|[35]0)[0-5]/.test(id) && hasLuhnSum(id),
    proof: 'province and Luhn sum',
    finds: ['cédula «0923456784»', 'cédula de identidad: «171430710-3»'],
    ignores: ['0923456780', 'cédula 2514307103', 'total 171430710-3'],
    source: 'Dirección General de Registro Civil, Identificación y Cedulación',
  }),
  identifier({
    type: 'do-cedula',
    label: 'Dominican identity number',
    names: ['c[eé]dula', 'c[eé]dula de identidad', 'dominican id'],
    sharedNames: personWords,
    forms: ['999-9999999-9', '99999999999'],
    isValid: (id) => hasLuhnSum(id) && !id.startsWith('00000'),
    proof: 'Luhn sum',
    finds: ['cédula «001-1391820-5»', 'cédula: «00113918205»'],
    ignores: ['001-1391820-5', 'cédula 001-1391820-6', '00113918205'],
    source: 'Junta Central Electoral; Ley 8-92',
  }),
]
