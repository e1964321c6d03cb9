/** Ids of India. */
import { hasLuhnSum, hasLuhnSumOf, hasVerhoeffSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** The fourth letter is the kind of holder. Source: Income Tax Department. */
const isPan = (id: string): boolean => /^[A-Z]{3}[ABCFGHJLPTK][A-Z]\d{4}[A-Z]$/.test(id) && !/0000.$/.test(id)

const isGstin = (id: string): boolean =>
  /^(?:0[1-9]|[12]\d|3[0-8]|9[79])/.test(id) &&
  isPan(id.slice(2, 12)) &&
  /^[1-9A-Z]Z/.test(id.slice(12)) &&
  hasLuhnSumOf(id, 36)

const isAadhaar = (id: string): boolean =>
  /^[2-9]/.test(id) && id !== [...id].reverse().join('') && hasVerhoeffSum(id)

export const indianIds: readonly Detector[] = [
  identifier({
    type: 'in-aadhaar',
    label: 'Indian identity number (Aadhaar)',
    names: ['aadhaar', 'aadhar', 'adhaar', 'adhar', 'uidai', 'uid', 'आधार', 'vid'],
    sharedNames: personWords,
    forms: ['9999 9999 9999', '9999-9999-9999', '999999999999', '9999 9999 9999 9999', '9999999999999999'],
    isValid: isAadhaar,
    proof: 'first digit and Verhoeff sum',
    finds: ['Aadhaar: «2341 2341 2346»', 'aadhaar no «576875056847»', 'UID «7904-4864-0457»'],
    ignores: ['2341 2341 2346', 'Aadhaar 2341 2341 2347', 'Aadhaar 1234 5678 9012', 'in 2022 2023 2024'],
    source: 'Unique Identification Authority of India, UIDAI numbering scheme',
  }),
  identifier({
    type: 'in-pan',
    label: 'Indian tax account number (PAN)',
    names: ['pan', 'permanent account', 'pan card', 'pan number'],
    sharedNames: taxWords,
    ownForms: ['AAAAA9999A'],
    isValid: isPan,
    proof: 'kind of holder in the fourth letter',
    finds: ['PAN: «ABCPE1234F»', '«AAAPL1234C»', 'pan card «abcpe1234f»'],
    ignores: ['ABCDE1234F', 'abcpe1234f', 'ABCPE12345', 'XABCPE1234F', 'ABCPE0000F'],
    source: 'Income-tax Rules 1962, rule 114',
  }),
  identifier({
    type: 'in-gstin',
    label: 'Indian goods and services tax number (GSTIN)',
    names: ['gstin', 'gst', 'gst no', 'gst number'],
    sharedNames: [...companyWords, ...taxWords],
    ownForms: ['99AAAAA9999A***'],
    isValid: isGstin,
    isProof: true,
    proof: 'state, tax account number and check character',
    finds: ['GSTIN: «27AAPFU0939F1ZV»', '«27aapfu0939f1zv»', 'gst no «29AABCT1234F1ZM»'],
    ignores: ['27AAPFU0939F1ZO', '39AAPFU0939F1ZV', '27AAPFU0939F1XV', '127AAPFU0939F1ZV'],
    source: 'Goods and Services Tax Network; CGST Rules 2017, rule 10',
  }),
  identifier({
    type: 'in-voter-id',
    label: 'Indian voter number (EPIC)',
    names: ['epic', 'voter', 'voter id', 'voter.?s id', 'election card', 'electoral photo'],
    sharedNames: personWords,
    forms: ['AAA9999999'],
    isValid: (id) => hasLuhnSum(id.slice(3)),
    proof: 'three letters and Luhn sum',
    finds: ['voter ID «WKH1186253»', 'EPIC no. «ABC4508032»'],
    ignores: ['WKH1186253', 'voter ID WKH1186263', 'epic ABC123456'],
    source: 'Election Commission of India, electors photo identity cards',
  }),
  identifier({
    type: 'in-bank-branch',
    label: 'Indian bank branch code (IFSC)',
    names: ['ifsc', 'ifsc code', 'neft', 'rtgs', 'imps', 'branch code'],
    forms: ['AAAA9******'],
    isValid: (id) => /^[A-Z]{4}0[A-Z\d]{6}$/.test(id) && /\d{4}|[A-Z]{6}/.test(id.slice(4)),
    isUnchecked: true,
    proof: 'four letters, a zero and a branch',
    finds: ['IFSC: «SBIN0001234»', 'ifsc code «HDFC0000060»'],
    ignores: ['SBIN0001234', 'IFSC SBIN1001234', 'neft SBIN000123'],
    source: 'Reserve Bank of India, Indian Financial System Code',
  }),
]
