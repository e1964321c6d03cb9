/**
 * Codes of two letters for countries: a first letter, then all that may follow it.
 * Source: ISO 3166-1 alpha-2; XK is in use for Kosovo.
 */
const codes = new Set(
  `ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR
  GABDEFGHILMNPQRSTUWY HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ
  NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS
  XK YET ZAMW`
    .split(/\s+/)
    .flatMap(([first, ...seconds]) => seconds.map((second) => `${first}${second}`)),
)

export const isCountryCode = (code: string): boolean => codes.has(code)
