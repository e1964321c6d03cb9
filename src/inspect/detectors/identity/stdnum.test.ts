/** Our checks against those of the package stdnum, both ways: what one takes for valid, the other takes for valid. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import stdnumPackage from 'stdnum'
import { type Random, seeded } from '../../test-random.ts'
import { createTriggerScan } from '../../trigger-scan.ts'
import { identityIds } from './index.ts'

const { stdnum } = stdnumPackage

/** Kind, country and kind in stdnum, a name of it, and what numbers look like: # a digit, ? a letter, * either. */
const rows: readonly (readonly [type: string, country: string, kind: string, name: string, forms: string])[] =
  [
    ['us-ein', 'US', 'ein', 'EIN', '##-#######'],
    ['ca-sin', 'CA', 'sin', 'SIN:', '#########'],
    ['ca-business-number', 'CA', 'bn', 'BN', '######### #########RT#### #########RC#### #########RX####'],
    ['gb-nino', 'GB', 'nino', 'NINO', '??######? ?B######A AB######?'],
    ['gb-tax-reference', 'GB', 'utr', 'UTR', '##########'],
    ['ie-pps', 'IE', 'pps', 'PPS', '#######? #######?A #######?W #######??'],
    ['de-tax-id', 'DE', 'idnr', 'Steuer-ID', '########### 1122345678# 112345678## 11123456789'],
    ['de-pension-number', 'DE', 'svnr', 'RVNR', '65#70839J0## 15070749C1##'],
    ['fr-nir', 'FR', 'nir', 'NIR', '2550814168025## 18505780060#### 185052A0060####'],
    ['fr-tax-id', 'FR', 'nif', 'SPI', '302321760#### 01000000#####'],
    ['fr-siren', 'FR', 'siren', 'SIREN', '#########'],
    ['fr-siret', 'FR', 'siret', 'SIRET', '732829320##### 356000000##### ##############'],
    ['it-codice-fiscale', 'IT', 'codicefiscale', 'CF', 'RSSMRA85T10A562? RSSMRA8#?##A###?'],
    ['it-vat', 'IT', 'iva', 'P.IVA', '########### 0######01##'],
    ['es-dni', 'ES', 'dni', 'DNI', '########?'],
    ['es-nie', 'ES', 'nie', 'NIE', 'X#######? ?#######?'],
    ['es-cif', 'ES', 'cif', 'CIF', 'A######## Q#######? G#######* ?########'],
    ['es-social-security', 'ES', 'nss', 'NSS', '28########## 281234567### ############'],
    ['pt-nif', 'PT', 'nif', 'NIF', '#########'],
    ['pt-citizen-card', 'PT', 'cc', 'CC', '#########??# #########ZZ#'],
    ['nl-bsn', 'NL', 'bsn', 'BSN', '#########'],
    ['be-national-number', 'BE', 'nn', 'NISS', '850730033## 8507300#### 00010100###'],
    ['be-company-number', 'BE', 'vat', 'BTW', '0#########'],
    ['at-social-security', 'AT', 'vnr', 'SVNR', '####010180 ###7010180'],
    ['at-tax-number', 'AT', 'tin', 'Abgabenkontonummer', '##-###/####'],
    ['ch-ahv', 'CH', 'ssn', 'AHV', '756##########'],
    ['ch-uid', 'CH', 'uid', 'UID', 'CHE#########'],
    ['se-personnummer', 'SE', 'personnummer', 'personnummer', '811228-#### 8112##-####'],
    ['se-company-number', 'SE', 'orgnr', 'org.nr', '556###-####'],
    ['fi-hetu', 'FI', 'hetu', 'hetu', '131052-###* 1310##-##**'],
    ['fi-company-number', 'FI', 'ytunnus', 'Y-tunnus', '#######-#'],
    ['dk-cpr', 'DK', 'cpr', 'CPR', '2110##-#### 21##62-####'],
    ['dk-company-number', 'DK', 'cvr', 'CVR', '########'],
    ['no-fodselsnummer', 'NO', 'fodselsnummer', 'fnr', '151086950## 1510869508# 15108695#88'],
    ['no-company-number', 'NO', 'orgnr', 'orgnr', '9########'],
    ['is-kennitala', 'IS', 'kennitala', 'kt', '120174#### 1201######'],
    ['pl-pesel', 'PL', 'pesel', 'PESEL', '440514##### 4405#######'],
    ['pl-nip', 'PL', 'nip', 'NIP', '##########'],
    ['pl-regon', 'PL', 'regon', 'REGON', '######### 123456785#####'],
    ['cz-birth-number', 'CZ', 'rc', 'RČ', '780123/#### 7801######'],
    ['cz-company-number', 'CZ', 'ico', 'IČO', '########'],
    ['hu-company-number', 'HU', 'anum', 'adószám', '########'],
    ['ro-cnp', 'RO', 'cnp', 'CNP', '1800101##### 180010122####'],
    ['ro-company-number', 'RO', 'cui', 'CUI', '######## #########'],
    ['bg-egn', 'BG', 'egn', 'EGN', '752316#### 7501######'],
    ['hr-oib', 'HR', 'oib', 'OIB', '###########'],
    ['si-emso', 'SI', 'emso', 'EMŠO', '0101006500### 0101006######'],
    ['si-tax-number', 'SI', 'ddv', 'DDV', '########'],
    ['gr-amka', 'GR', 'amka', 'AMKA', '010130#####'],
    ['gr-afm', 'GR', 'vat', 'AFM', '#########'],
    ['ee-personal-code', 'EE', 'ik', 'isikukood', '376050##### 3760#######'],
    ['lt-personal-code', 'LT', 'asmens', 'asmens kodas', '333092##### 3330#######'],
    ['lv-personal-code', 'LV', 'pvn', 'personas kods', '161175-1#### 161175-#####'],
    ['in-aadhaar', 'IN', 'aadhaar', 'Aadhaar', '############'],
    ['in-pan', 'IN', 'pan', 'PAN', 'ABCP?####? ABC??####?'],
    ['in-gstin', 'IN', 'gstin', 'GSTIN', '27AAPFU####F1Z* ##AAPFU0939F1Z*'],
    ['in-voter-id', 'IN', 'epic', 'EPIC', 'WKH#######'],
    ['cn-resident-id', 'CN', 'ric', '身份证', '11010519491231###X 11010519491231####'],
    ['cn-company-code', 'CN', 'uscc', 'USCC', '91110000600037341* 911100006000*****L'],
    ['hk-id', 'HK', 'hkid', 'HKID', '?######(#) ?######(A) ??######(#)'],
    ['tw-national-id', 'TW', 'natid', '身分證', '?1######## ?2########'],
    ['tw-company-number', 'TW', 'ubn', '統編', '########'],
    ['jp-company-number', 'JP', 'cn', '法人番号', '#############'],
    ['kr-company-number', 'KR', 'brn', '사업자등록번호', '###-##-#####'],
    ['my-nric', 'MY', 'nric', 'MyKad', '770305-##-#### 77####-02-####'],
    ['th-id', 'TH', 'idnr', 'Thai ID', '#############'],
    ['id-npwp', 'ID', 'npwp', 'NPWP', '01.###.###.#-091.000'],
    ['br-cpf', 'BR', 'cpf', 'CPF', '###.###.###-## 390533447##'],
    ['br-cnpj', 'BR', 'cnpj', 'CNPJ', '16727230000### 167272300#####'],
    ['mx-curp', 'MX', 'curp', 'CURP', 'BOXW310820HNERXN## BOXW31##20?NERXN0#'],
    ['mx-rfc', 'MX', 'rfc', 'RFC', 'GODE561231G*# GODE5612##GR# MAB930714A*#'],
    ['ar-cuit', 'AR', 'cuit', 'CUIT', '20-########-# ##-########-#'],
    ['cl-rut', 'CL', 'rut', 'RUT', '########-# #######-# ########-K'],
    ['co-nit', 'CO', 'nit', 'NIT', '###.###.###-#'],
    ['pe-ruc', 'PE', 'ruc', 'RUC', '20######### 10#########'],
    ['au-tfn', 'AU', 'tfn', 'TFN', '#########'],
    ['au-abn', 'AU', 'abn', 'ABN', '########### 51824753###'],
    ['au-acn', 'AU', 'acn', 'ACN', '#########'],
    ['nz-ird', 'NZ', 'ird', 'IRD', '######### 0########'],
    ['za-id', 'ZA', 'idnr', 'SA ID', '800101####### 8001015009###'],
    ['il-id', 'IL', 'idnr', 'Israeli ID', '#########'],
    ['tr-id', 'TR', 'tckimlik', 'TCKN', '172917160## 17291######'],
    ['tr-tax-number', 'TR', 'vkn', 'VKN', '##########'],
    ['ru-inn', 'RU', 'inn', 'ИНН', '########## 5001007322## 500100######'],
    ['ua-tax-number', 'UA', 'rntrc', 'РНОКПП', '17########'],
    ['ua-company-number', 'UA', 'edrpou', 'ЄДРПОУ', '########'],
    ['eu-vat', 'AT', 'uid', 'VAT AT', 'U########'],
    ['eu-vat', 'BE', 'vat', 'VAT BE', '0#########'],
    ['eu-vat', 'BG', 'vat', 'VAT BG', '#########'],
    ['eu-vat', 'CY', 'vat', 'VAT CY', '########?'],
    ['eu-vat', 'CZ', 'dic', 'VAT CZ', '########'],
    ['eu-vat', 'DE', 'vat', 'VAT DE', '#########'],
    ['eu-vat', 'DK', 'cvr', 'VAT DK', '########'],
    ['eu-vat', 'EE', 'kmkr', 'VAT EE', '#########'],
    ['eu-vat', 'ES', 'nif', 'VAT ES', 'A######## X#######? ########?'],
    ['eu-vat', 'FI', 'alv', 'VAT FI', '########'],
    ['eu-vat', 'FR', 'tva', 'VAT FR', '##303265045 4030326####'],
    ['eu-vat', 'GB', 'vat', 'VAT GB', '#########'],
    ['eu-vat', 'GR', 'vat', 'VAT EL', '#########'],
    ['eu-vat', 'HR', 'oib', 'VAT HR', '###########'],
    ['eu-vat', 'HU', 'anum', 'VAT HU', '########'],
    ['eu-vat', 'IE', 'vat', 'VAT IE', '#######? #######?A 8?#####?'],
    ['eu-vat', 'IT', 'iva', 'VAT IT', '0######01##'],
    ['eu-vat', 'LT', 'pvm', 'VAT LT', '#######1# ##########1#'],
    ['eu-vat', 'LU', 'tva', 'VAT LU', '########'],
    ['eu-vat', 'LV', 'pvn', 'VAT LV', '4##########'],
    ['eu-vat', 'MT', 'vat', 'VAT MT', '########'],
    ['eu-vat', 'NL', 'btw', 'VAT NL', '#########B01 ##########'],
    ['eu-vat', 'PL', 'nip', 'VAT PL', '##########'],
    ['eu-vat', 'PT', 'nif', 'VAT PT', '#########'],
    ['eu-vat', 'RO', 'cui', 'VAT RO', '########'],
    ['eu-vat', 'SE', 'vat', 'VAT SE', '##########01'],
    ['eu-vat', 'SI', 'ddv', 'VAT SI', '########'],
    ['eu-vat', 'SK', 'dph', 'VAT SK', '##########'],
  ]

/** Where we differ: what only one of the two takes for valid, and why we stay with ours. */
const differences: Readonly<
  Record<string, readonly [only: 'ours' | 'theirs' | 'either', ids: RegExp, because: string]>
> = {
  'ca-sin': ['theirs', /^[08]/, 'no number begins with 0 or 8 (Service Canada)'],
  'ie-pps': ['ours', /B$/, 'B is given out as second letter and counts as A and H do (Revenue)'],
  'de-tax-id': [
    'theirs',
    /^\d{11}$/,
    'stdnum accepts several repeated digits: its condition joins with "and"',
  ],
  'de-pension-number': [
    'theirs',
    /^..(?:3[2-9]|4\d|50|8[2-9]|9\d|00)/,
    'the day is none, with or without 50',
  ],
  'it-codice-fiscale': [
    'theirs',
    /^.{8}(?:[DHPS][37]1|B[37][01]|.(?:3[2-9]|40|00|7[2-9]|[89]\d))/,
    'the day is none, with or without 40',
  ],
  'es-cif': [
    'theirs',
    /^[NPQRSW].*\d$|^[ABEH].*[A-J]$/,
    'these kinds have a letter, or a digit, only (Orden EHA/451/2008)',
  ],
  'pt-nif': ['theirs', /^4[^15]/, 'of those with 4 only 41 and 45 are given out (Autoridade Tributária)'],
  'at-social-security': ['theirs', /^0/, 'the first digit is not 0 (ASVG)'],
  'at-tax-number': ['ours', /^\d/, 'the offices were merged in 2021: we keep no list of them'],
  'dk-cpr': ['ours', /^\d/, 'the century depends on a table, and stdnum refuses days to come'],
  'dk-company-number': ['theirs', /^0/, 'the first digit is not 0'],
  'is-kennitala': ['theirs', /[1-7]$/, 'the last digit is the century: 8, 9 or 0'],
  'pl-nip': ['theirs', /^0|^.00/, 'no tax office has such a number'],
  'bg-egn': [
    'theirs',
    /^.{4}(?:00|3[2-9]|[4-9]\d)|^..(?:[02]0|1[3-9]|3[3-9]|5[3-9]|[6-9]\d)|^..0231/,
    'the date is none',
  ],
  'si-tax-number': ['theirs', /1$/, 'without rest no number is given out (FURS)'],
  'fr-siret': ['theirs', /^(?!356000000)/, 'the first nine digits are a SIREN and keep its sum (INSEE)'],
  'be-national-number': ['theirs', /(?:00|98|99)$|^.{6}000/, 'the check is 1 to 97, the order 1 to 998'],
  'ee-personal-code': ['theirs', /^.{5}(?:00|3[2-9]|[4-9])|^...(?:0[469]|11)31|^...023/, 'the day is none'],
  'lv-personal-code': ['ours', /^\d{4}[3-9]\d-?2/, 'stdnum refuses days to come'],
  'in-gstin': ['ours', /^9[79]/, 'other territory and centre jurisdiction (GSTN)'],
  'tw-company-number': [
    'ours',
    /^\d/,
    'since 1 April 2023 multiples of five are enough (Ministry of Finance)',
  ],
  'my-nric': ['theirs', /^.{7}(?:81|94|95|96|97)/, 'places that are not assigned'],
  'ar-cuit': ['ours', /^2[56]/, 'given out to people (AFIP)'],
  'cl-rut': ['theirs', /^00/, 'one 0 may fill up a number, not two'],
  'nz-ird': ['theirs', /^[2-9]|^00/, 'outside the range (Inland Revenue)'],
  'za-id': ['ours', /^\d{10}2/, '2 stands for refugees'],
  'ru-inn': ['theirs', /^00/, 'no region has such a number'],
  'eu-vat BG': ['ours', /^[4-8]/, 'numbers of companies begin with 8 as well: 831 is Sofia'],
  'eu-vat DE': ['theirs', /^0/, 'the first digit is not 0'],
  'eu-vat DK': ['theirs', /^0/, 'the first digit is not 0'],
  'eu-vat GB': ['ours', /^0/, 'stdnum wants a rest of 0 below 100'],
  'eu-vat PL': ['theirs', /^0|^.00/, 'no tax office has such a number'],
  'eu-vat PT': ['theirs', /^4[^15]/, 'of those with 4 only 41 and 45 are given out'],
  'eu-vat SI': ['theirs', /1$/, 'without rest no number is given out'],
  'eu-vat SK': [
    'either',
    /^[156]|^..[01569]/,
    'the third digit is bound, the first is not (VIES algorithms)',
  ],
}

const digits = [...'0123456789']
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

const filled = (form: string, random: Random): string =>
  form.replace(/[#?*]/g, (sign) =>
    random.pick(sign === '#' ? digits : sign === '?' ? letters : [...digits, ...letters]),
  )

for (const [type, country, kind, name, forms] of rows) {
  test(`${type} and stdnum ${country}.${kind} agree`, () => {
    const detector = identityIds.find((each) => each.type === type)
    const validator = (
      stdnum as Record<string, Record<string, { validate: (id: string) => { isValid: boolean } }>>
    )[country]?.[kind]
    assert.ok(detector !== undefined && validator !== undefined)
    const scan = createTriggerScan([detector])
    const isFound = (id: string): boolean => {
      const text = name.startsWith('VAT ') ? `${name}${id}` : `${name} ${id}`
      let found = false
      scan(text, (_, start, end) => {
        if (detector.examine(text, start, end).some((match) => match.end === text.length)) found = true
      })
      return found
    }
    const known = differences[type] ?? differences[`${type} ${country}`]
    const random = seeded(country.charCodeAt(0) * 256 + country.charCodeAt(1))
    const counts = [0, 0]
    const differing: string[] = []
    const compare = (id: string): boolean => {
      const [ours, theirs] = [isFound(id), validator.validate(id).isValid]
      counts[Number(ours)] = (counts[Number(ours)] as number) + 1
      const isKnown =
        known !== undefined && ['either', ours ? 'ours' : 'theirs'].includes(known[0]) && known[1].test(id)
      if (ours !== theirs && !isKnown) differing.push(`${id} ${ours ? 'only ours' : 'only theirs'}`)
      return ours || theirs
    }
    for (const form of forms.split(' ')) {
      for (let round = 0; round < 250; round++) {
        const id = filled(form, random)
        if (!compare(id) || round > 100) continue
        const at = form.search(/[#?*]/)
        for (const digit of digits) compare(id.slice(0, at) + digit + id.slice(at + 1))
      }
    }
    assert.deepEqual(differing.slice(0, 6), [])
    assert.ok((counts[0] as number) > 0 && (counts[1] as number) > 0, `${counts}`)
  })
}
