import { decodeBase64Url } from '../../base64.ts'
import { isAfterEscape } from '../../boundary.ts'
import { isTokenPart } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/**
 * Header and payload, then a signature; or the five parts of an encrypted token. The signature may be missing: a
 * token cut off after its payload still tells what it holds. Most that is read: 1,200 + 8,000 + 8,000 + 2,000.
 */
const shape = /eyJ[\w-]{10,1200}\.[\w-]{4,8000}(?:\.[\w-]{0,8000}){0,2}(?:\.[\w-]{0,2000})?/y

function findToken(text: string, start: number): readonly Match[] {
  if (start > 0 && isTokenPart(text.charCodeAt(start - 1)) && !isAfterEscape(text, start)) return nothing
  shape.lastIndex = start
  const token = shape.exec(text)?.[0]
  if (token === undefined || !isHeader(token.slice(0, token.indexOf('.')))) return nothing
  const end = start + token.replace(/\.+$/, '').length
  return [{ start, end, score: 1, isProved: true, why: 'a header that names an algorithm, and a payload' }]
}

const isHeader = (encoded: string): boolean => /"(?:alg|enc)"\s{0,9}:/.test(decodeBase64Url(encoded))

const header = `eyJ${'hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'}`
const payload = `eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}`
const signature = 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

/** JSON Web Tokens, signed, encrypted or unsigned. */
export const jwt: Detector = {
  type: 'jwt',
  family: 'secret',
  class: 'restricted',
  label: 'JSON Web Token',
  trigger: { literals: ['eyJ'] },
  examine: findToken,
  proof: 'decoded header names an algorithm',
  finds: [
    `Authorization: Bearer «${header}.${payload}.${signature}»`,
    `token=«${header}.${payload}.${signature}»&x=1`,
    `"«${header}.${payload}»".`,
    `unsigned «${header}.${payload}».`,
    `"first\\n«${header}.${payload}.${signature}»\\n"`,
    `It is «${header}.${payload}.${signature}».`,
  ],
  ignores: [
    `eyJ${'mb28iOiJiYXIiLCJiYXoiOjF9'}.${payload}.${signature}`,
    `${header} alone`,
    `x${header}.${payload}.${signature}`,
    'eyJ.eyJ.eyJ.',
    'eyJeyJeyJeyJeyJeyJeyJeyJ',
  ],
  source: 'RFC 7519; RFC 7515, section 3; RFC 7516, section 3',
}
