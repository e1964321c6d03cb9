import { isAfterAlphanumeric } from '../../boundary.ts'
import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** `sp_` a key, `spd_` and `spr_` the access and refresh token of a signed-in tool. */
const shape = /sp[dr]?_[a-z0-9]{40}/y

function findKey(text: string, start: number): readonly Match[] {
  if (isAfterAlphanumeric(text, start)) return nothing
  shape.lastIndex = start
  if (!shape.test(text)) return nothing
  const end = shape.lastIndex
  if (isAlphanumeric(text.charCodeAt(end))) return nothing
  return [{ start, end, score: 1, isProved: true, why: 'prefix, length and alphabet of a Sallyport key' }]
}

const random = 'k7q2m9xa3bcd4efg5hij6kmn7pqr8stu9vwx2yzab'.slice(0, 40)
const key = `sp_${random}`

/** Keys of this gateway itself: whoever holds one may spend in its owner's name. */
export const sallyportKey: Detector = {
  type: 'sallyport-key',
  family: 'secret',
  class: 'restricted',
  label: 'Sallyport key',
  trigger: { literals: ['sp_', 'spd_', 'spr_'] },
  examine: findKey,
  proof: 'prefix, length and alphabet',
  finds: [
    `ANTHROPIC_AUTH_TOKEN=«spd_${random}»`,
    `{"refresh_token":"«spr_${random}»"}`,
    `Authorization: Bearer «${key}»`,
    `SALLYPORT_KEY="«${key}»"`,
    `"line\\n«${key}»"`,
  ],
  ignores: [`x${key}`, `${key}a`, key.slice(0, 42), key.toUpperCase(), 'sp_executesql and disp_mode'],
  source: 'the format new keys and tokens are given: a prefix and 40 lower-case letters and digits',
}
