/**
 * Countries by their English names, which a tagger splits ('Bosnia and Herzegovina') or overlooks where nothing around them
 * tells, as in chat without capitals. Source: names of regions of Unicode CLDR 47, with forms that are in use besides.
 */
import type { FoundName } from '../api.ts'
import { stringHash } from '../string-hash.ts'
import { createTermMatcher } from '../terms.ts'
import { placeKind } from './kinds.ts'

/** '&' stands for 'and' and for the sign. */
const names = (
  'afghanistan|åland islands|albania|algeria|american samoa|andorra|angola|anguilla|antarctica|antigua & barbuda|argentina|armenia|aruba|' +
  'australia|austria|azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bermuda|bhutan|bolivia|' +
  'bosnia & herzegovina|botswana|brazil|british indian ocean territory|british virgin islands|brunei|bulgaria|burkina faso|burma|burundi|' +
  'cambodia|cameroon|canada|canary islands|cape verde|cayman islands|central african republic|colombia|comoros|cook islands|costa rica|' +
  "côte d'ivoire|côte d’ivoire|cote d'ivoire|croatia|cuba|curaçao|cyprus|czech republic|czechia|democratic republic of the congo|denmark|djibouti|" +
  'dominican republic|east timor|ecuador|egypt|el salvador|england|equatorial guinea|eritrea|estonia|eswatini|ethiopia|falkland islands|' +
  'faroe islands|fiji|finland|france|french guiana|french polynesia|gabon|gambia|germany|ghana|gibraltar|great britain|greece|greenland|' +
  'grenada|guadeloupe|guam|guatemala|guinea-bissau|guyana|haiti|holy see|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|' +
  'isle of man|israel|italy|ivory coast|jamaica|japan|kazakhstan|kenya|kingdom of the netherlands|kiribati|kosovo|kuwait|kyrgyzstan|laos|latvia|' +
  'lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|macao|macau|madagascar|malawi|malaysia|maldives|malta|marshall islands|' +
  'martinique|mauritania|mauritius|mayotte|mexico|micronesia|moldova|monaco|mongolia|montenegro|montserrat|morocco|mozambique|myanmar|namibia|' +
  'nauru|nepal|netherlands|new caledonia|new zealand|nicaragua|nigeria|niue|norfolk island|north korea|north macedonia|northern ireland|' +
  "northern mariana islands|norway|pakistan|palau|palestine|palestinian territories|panama|papua new guinea|paraguay|people's republic of china|" +
  'people’s republic of china|peru|philippines|pitcairn islands|poland|portugal|puerto rico|qatar|republic of china|republic of ireland|' +
  'republic of korea|republic of the congo|réunion|romania|russia|russian federation|rwanda|saint barthélemy|saint helena|saint kitts & nevis|' +
  'saint lucia|saint pierre & miquelon|saint vincent & the grenadines|samoa|san marino|são tomé & príncipe|sao tome & principe|saudi arabia|' +
  'scotland|senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovenia|solomon islands|somalia|south africa|south korea|south sudan|spain|' +
  'sri lanka|st. kitts & nevis|st. lucia|st. vincent & the grenadines|sudan|suriname|svalbard & jan mayen|sweden|switzerland|syria|taiwan|' +
  'tajikistan|tanzania|thailand|timor-leste|togo|tokelau|tonga|trinidad & tobago|tunisia|turkmenistan|turks & caicos islands|tuvalu|türkiye|' +
  'u.s. virgin islands|uganda|ukraine|united arab emirates|united kingdom|united states|united states of america|uruguay|uzbekistan|vanuatu|' +
  'vatican city|venezuela|vietnam|wallis & futuna|western sahara|yemen|zambia|zimbabwe'
).split('|')

/** Words of their own without a capital, and names of people with one: the tagger tells, and only their whole is of use. */
const withCapital =
  'Chad|Chile|China|Dominica|Georgia|Guernsey|Guinea|Jersey|Jordan|Mali|Niger|Oman|Turkey|Wales|Holland'.split(
    '|',
  )

const spelt = names.flatMap((name) => (name.includes('&') ? [name.replace('&', 'and'), name] : [name]))

export const countriesVersion = stringHash([...names, ...withCapital].join('|'))

export interface CountryMatch {
  readonly start: number
  readonly end: number
  /** Also a given name, or another thing: said of nothing else, it proves nothing. */
  readonly isUnsure: boolean
}

const unsure = new Set(withCapital)

/** In order of position, the longest of those that overlap. Linear in the text. */
export type FindCountries = (text: string) => readonly CountryMatch[]

export function createCountryFinder(): FindCountries {
  const termOf = (term: string, isCaseSensitive: boolean) =>
    ({ term, label: '', class: 'public', isCaseSensitive }) as const
  const match = createTermMatcher([
    ...spelt.map((term) => termOf(term, false)),
    ...withCapital.map((term) => termOf(term, true)),
  ])
  return (text) => {
    const found: CountryMatch[] = []
    const matches = match(text).toSorted((one, other) => one.start - other.start || other.end - one.end)
    for (const { start, end } of matches) {
      if (start >= (found.at(-1)?.end ?? 0))
        found.push({ start, end, isUnsure: unsure.has(text.slice(start, end)) })
    }
    return found
  }
}

/**
 * Names with the countries among them: one that lies over names of places takes their place, one where nothing was found is a
 * place, and in the name of a person or of an organisation it is a part of that. Both in order of position.
 */
export function withCountries(
  names: readonly FoundName[],
  countries: readonly CountryMatch[],
): readonly FoundName[] {
  if (countries.length === 0) return names
  const result: FoundName[] = []
  let at = 0
  for (const { start, end, isUnsure } of countries) {
    while ((names[at]?.end ?? end) <= start) result.push(names[at++] as FoundName)
    // A name may hold several.
    if ((result.at(-1)?.end ?? 0) > start) continue
    const before = at
    while ((names[at]?.start ?? end) < end) at++
    const over = names.slice(before, at)
    if (over.some(({ kind }) => kind !== placeKind) || (over.length === 0 && isUnsure)) result.push(...over)
    else
      result.push({
        start: Math.min(start, over[0]?.start ?? start),
        end: Math.max(end, over.at(-1)?.end ?? end),
        kind: placeKind,
        score: Math.max(countryScore, ...over.map(({ score }) => score)),
        why: placeKind.proof,
      })
  }
  return [...result, ...names.slice(at)]
}

const countryScore = 0.8
