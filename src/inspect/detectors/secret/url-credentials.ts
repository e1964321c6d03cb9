import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'

/** Most characters of user name and password together. */
const longest = 300

/** From the user name to the end of the password: address and database stay readable. */
function findCredentials(text: string, schemeEnd: number, start: number): readonly Match[] {
  if (schemeEnd === 0 || !isAlphanumeric(text.charCodeAt(schemeEnd - 1))) return nothing
  let colon = -1
  let at = -1
  for (let index = start; index < text.length && index - start <= longest; index++) {
    const character = text.charAt(index)
    // A password may hold one itself, though it should not: the last before the host counts.
    if (character === '@') at = index
    else if (character === ':' && colon === -1) colon = index
    else if (ends.has(character)) break
  }
  return at === -1 || colon === -1 || colon > at ? nothing : credentials(text, start, colon, at)
}

/** What ends the part of an address that names user and host, and what no address holds. */
const ends = new Set([...'/?#"\'<>`\\,| \t\r\n'])

function credentials(text: string, start: number, colon: number, at: number): readonly Match[] {
  const password = text.slice(colon + 1, at)
  if (password === '' || isPlaceholder(password)) return nothing
  if (!/[\p{L}\p{N}[]/u.test(text.charAt(at + 1))) return nothing
  return [{ start, end: at, score: 0.9, why: 'a user name and a password before the host of an address' }]
}

/** User name and password inside an address: `scheme://user:password@host`. */
export const urlCredentials: Detector = {
  type: 'url-credentials',
  family: 'secret',
  class: 'restricted',
  label: 'user name and password in an address',
  trigger: { literals: ['://'] },
  examine: findCredentials,
  proof: 'place in an address, and no placeholder',
  finds: [
    'DATABASE_URL=postgres://«app:s3cr3t-Pa55»@db.example.com:5432/main',
    '"redis://«:hunter2x»@127.0.0.1:6379"',
    'https://«anna:correct%20horse»@git.example.com/x.git',
    'amqp://«a:b:c»@[::1]:5672',
    'ftp://«anna:p@ss:w0rd»@files.example.com/a',
    'mongodb://«app:s3cr3tPa55»@one.example.com:27017,two.example.com:27017/db',
  ],
  ignores: [
    'postgres://user:password@localhost/db',
    `postgres://app:\${DB_PASSWORD}@host/db`,
    'https://example.com:8080/@anna',
    'https://anna@example.com/',
    'http://example.com/a:b@c',
    'see ://a:b@c',
    'mysql://root:<password>@host',
    'https://x:***@host',
    'https://anna@example.com:8443/',
    'https://x:y',
  ],
  source: 'RFC 3986, section 3.2.1',
}
