/** Dates as people write them in seven languages, as the inside of a regular expression without groups. */
const months =
  'jan(?:uary|uar|vier|uari|eiro)?|ene(?:ro)?|gen(?:naio)?|feb(?:ruary|ruar|rero|ruari|braio)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|ço)?|märz|maart|apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|may|mai|mayo|maio|maggio|mei|june?|juni|juin|junio|junho|giu(?:gno)?|july?|juli|juillet|julio|julho|lug(?:lio)?|aug(?:ust|ustus)?|août|ago(?:sto)?|sept?(?:ember|embre|iembre)?|set(?:embro|tembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|out(?:ubro)?|ott(?:obre)?|nov(?:ember|embre|iembre|embro)?|de[czs](?:ember)?|déc(?:embre)?|diciembre|dezembro|dic(?:embre)?'
const year = '(?:19|20)\\d\\d'
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const month = '(?:0?[1-9]|1[0-2])'

const namedDates = [
  `${day}(?:st|nd|rd|th|er|\\.|º)?[ -](?:of |de |di )?(?:${months})\\.?,?[ -](?:de |del )?${year}`,
  `(?:${months})\\.? ${day}(?:st|nd|rd|th)?,? ${year}`,
]

/** Day, month and year in any usual order; two digits for the year only between slashes, dots or hyphens. */
export const writtenDate = [
  `${year}[-./]${month}[-./]${day}`,
  `${day}[-./] ?${month}[-./] ?(?:${year}|\\d\\d)`,
  `${month}[-/]${day}[-/](?:${year}|\\d\\d)`,
  ...namedDates,
].join('|')

/** The same where nothing says that it is a date: the year has four digits, and what parts them is the same sign. */
export const fullDate = [
  `(?:${['-', '/', '\\.'].map((sign) => `${year}${sign}${month}${sign}${day}`).join('|')})(?!\\d)`,
  `(?:${['-', '/', '\\. ?'].map((sign) => `(?:${day}${sign}${month}|${month}${sign}${day})${sign}${year}`).join('|')})(?!\\d)`,
  `${year}年${month}月${day}日`,
  ...namedDates.map((named) => `${named}(?!\\d)`),
].join('|')
