/**
 * The coarser value a rule may let through instead of the exact one: the decade of an age, the year of a birth, the
 * network of an address. Only kinds with an accepted coarse form have one; the rest is masked whole.
 */

/** What may be left of a value of this kind; undefined when nothing may, or when the value has not the usual form. */
export const generalise = (type: string, value: string): string | undefined =>
  Object.hasOwn(forms, type) ? forms[type]?.(value) : undefined

/** Kinds that have a coarse form, in order. */
export const generalisedTypes = (): readonly string[] => Object.keys(forms).sort()

const forms: Readonly<Record<string, (value: string) => string | undefined>> = {
  age: decade,
  date: year,
  'date-of-birth': year,
  postcode: (value) => /^[A-Za-z]{1,2}|^\d{2}/.exec(value.trim())?.[0].toUpperCase(),
  phone: callingCode,
  'payment-card': lastFour,
  iban: (value) => /^[A-Za-z]{2}(?=[\s-]?\d)/.exec(value)?.[0].toUpperCase(),
  'ip-address': network,
  'mac-address': (value) => /^(?:[0-9A-Fa-f]{2}[:-]){2}[0-9A-Fa-f]{2}(?=[:-])/.exec(value)?.[0],
}

/** Ages from 90 on are one group: so few live so long that a year says who it is. Source: 45 CFR 164.514(b)(2)(i)(C). */
function decade(value: string): string | undefined {
  const digits = /(?<!\d)\d{1,3}(?!\d)/.exec(value)?.[0]
  if (digits === undefined) return undefined
  const age = Number(digits)
  if (age >= 90) return '90 or over'
  const from = age - (age % 10)
  return `${from} to ${from + 9}`
}

function year(value: string): string | undefined {
  return /(?<!\d)(?:1[89]|20)\d{2}(?!\d)/.exec(value)?.[0]
}

/** Two-digit country codes; those of one digit are 1 and 7, all others have three. Source: ITU-T E.164, list of 2016. */
const twoDigitCodes = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

function callingCode(value: string): string | undefined {
  const digits = /^\s*(?:\+|00)\s*([1-9][\d\s().-]*)/.exec(value)?.[1]?.replace(/\D/g, '')
  if (digits === undefined || digits.length < 7) return undefined
  if (/^[17]/.test(digits)) return `+${digits.charAt(0)}`
  return `+${digits.slice(0, twoDigitCodes.test(digits) ? 2 : 3)}`
}

/** What receipts show of a card. Source: PCI DSS 4.0.1, requirement 3.4.1: at most the first six and the last four. */
function lastFour(value: string): string | undefined {
  const digits = value.replace(/\D/g, '')
  return digits.length < 12 ? undefined : `ending ${digits.slice(-4)}`
}

/** Of IPv4 the first three of four octets, of IPv6 the first three of eight groups: a site, not a machine. */
function network(value: string): string | undefined {
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(value)?.[1]
  if (four !== undefined) return `${four}.x`
  const six = /^[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}(?=:)/.exec(value)?.[0]
  return six === undefined ? undefined : `${six.toLowerCase()}:x`
}
