import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'

/** Most characters of host, database or user. */
const longestField = 100
const line = /[^\s:]{1,100}:(?:\d{2,5}|\*):[^\s:]{1,63}:[^\s:]{1,63}:(?=([^\s]{1,200}))/y

/** From the port back to the start of the line, then the five fields. */
function findPassword(text: string, at: number): readonly Match[] {
  const least = Math.max(0, at - longestField)
  let start = at
  while (start > least && !isLineEnd(text.charCodeAt(start - 1))) start--
  line.lastIndex = start
  const password = line.exec(text)?.[1]
  if (password === undefined || isPlaceholder(password)) return nothing
  const from = line.lastIndex
  return [
    {
      start: from,
      end: from + password.length,
      score: 0.85,
      why: 'the last of five fields of a PostgreSQL password file',
    },
  ]
}

const colon = 58

/** What PostgreSQL and its poolers listen on as they come, and beside one another. */
const isPort = (digits: string): boolean => /^(?:543\d|643\d|1543\d|2543\d)$/.test(digits)

const isLineEnd = (code: number): boolean => code === 10 || code === 13

/** `host:port:database:user:password`, a line of a `.pgpass` file. */
export const pgpass: Detector = {
  type: 'pgpass-password',
  family: 'secret',
  class: 'restricted',
  label: 'password in a PostgreSQL password file',
  trigger: { digits: 4, most: 5, touching: { before: ':', after: '' } },
  examine: (text, start, end) =>
    text.charCodeAt(end) === colon && text.charCodeAt(start - 1) === colon && isPort(text.slice(start, end))
      ? findPassword(text, start)
      : nothing,
  proof: 'five fields with a port of PostgreSQL',
  isNamedOnly: true,
  finds: [
    'db.example.com:5432:orders:app_user:«h7Kq-92xLmZ»',
    '# production\n*:5433:*:postgres:«s3cr3t-Pa55»\n',
    'localhost:6432:*:app:«x\\:y9-Kl2»',
  ],
  ignores: [
    'postgres://db.example.com:5432/orders',
    'host:5432:db:user:password',
    'the ports are 80:443:5432:8080',
    '127.0.0.1:5432: connection refused',
    'a:*:b',
  ],
  source: 'PostgreSQL 18 documentation, section 32.16, "The Password File"',
}
