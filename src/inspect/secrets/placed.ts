/**
 * Secrets whose place tells what they are: the arguments of commands, parts of an address, fields of a request that
 * nothing calls a password or key. They come with the classifier, so that the page does not carry them.
 * Sources: the manuals of curl 8 (`-u`), libcurl (`CURLOPT_USERPWD`), PsExec 2 (`-p`), inetutils (`.netrc`),
 * PowerShell 7 (`ConvertTo-SecureString`) and MySQL 8.4 (`ALTER USER`); the documentation of TrueNAS 25.04 (`auth.login_with_api_key`),
 * ThingsBoard ("HTTP device API"), Azure App Configuration (connection strings), Code Climate (`CC_TEST_REPORTER_ID`),
 * Tines (webhooks) and Apprise (`tgram://`).
 */
import { type Detector, type Match, nothing } from '../detector.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { password } from '../detectors/secret/password.ts'
import { isPlaceholder } from '../placeholder.ts'

/**
 * What wakes it, lower case, and what stands there; what is not sticky stands anywhere in the command that begins
 * there. The secret is the first group that is not empty. Every repetition is bounded.
 */
type Place = readonly [literal: string, shape: RegExp]

const passwordPlaces: readonly Place[] = [
  [
    'curl',
    / (?:-u|--user)[ =]{1,2}["']{0,1}(?:[^\s:"'/<]{0,80}:["']?([^\s"']{3,100})|([^\s:"'/]{8,100}):["'])/i,
  ],
  [
    'curlopt_',
    /curlopt_(?:proxy)?userpwd["']?\s{0,4}[,=>]{1,2}\s{0,4}["'][^"':\n]{1,80}:([^"'\n]{3,100})["']/iy,
  ],
  ['psexec', /psexec(?:64)?(?:\.exe)? [^\n]{0,200}? -p ["']?([^\s"']{3,80})/iy],
  ['machine ', /machine \S{3,80}\s{1,20}login \S{1,80}\s{1,20}password (\S{3,80})/iy],
  [
    'convertto-secure',
    /convertto-securestring(?:(?:[ \t]{1,3}-[a-z]{2,12}){1,4}[ \t]{1,3}(?=\S{0,40}[\d#!@%&*])([^\s"'$-][^\s"']{4,80})|(?:[ \t]{1,3}-[a-z]{2,12}){0,4}[ \t]{1,3}["']([^\s"'$][^"'$\n]{4,80})["'])/iy,
  ],
  ['native_password', /native_password['"`]? {1,3}(?:by|as) {1,3}'([^'\n]{6,100})'/iy],
]

const keyPlaces: readonly Place[] = [
  [
    'login_with_api_key',
    /login_with_api_key"\s{0,8},\s{0,8}"params"\s{0,8}:\s{0,8}\[\s{0,20}"(\d{1,5}-[A-Za-z0-9]{64})"/iy,
  ],
  ['thingsboard.cloud/', /thingsboard\.cloud\/api\/v1\/([A-Za-z0-9]{20})\//iy],
  ['tines.com/', /tines\.com\/webhook\/([0-9a-f]{32}\/[0-9a-f]{32})/iy],
  ['azconfig.io', /azconfig\.io;Id=[^;\s]{1,80};Secret=([A-Za-z0-9+/]{43,86}={0,2})/iy],
  ['cc_test_reporter_id', /cc_test_reporter_id["']?\s{0,4}[:=]\s{0,4}["']?([0-9a-f]{64})/iy],
  ['tgram://', /tgram:\/\/(\d{8,10}:[\w-]{35})/iy],
]

const findAt =
  (places: readonly Place[], why: string) =>
  (text: string, start: number): readonly Match[] => {
    for (const [, shape] of places) {
      shape.lastIndex = start
      const found = shape.exec(shape.sticky ? text : commandAt(text, start))
      const value = found?.[1] ?? found?.[2]
      if (found === null || value === undefined || stands.test(value) || isPlaceholder(value)) continue
      const at = start + found.index - (shape.sticky ? start : 0) + found[0].lastIndexOf(value)
      return [{ start: at, end: at + value.length, score: 0.8, why }]
    }
    return nothing
  }

/** How far from the name of a command its arguments are read. */
const commandReach = 420

/** A command up to its end, its lines as one: what ties them is as long as what stands for it. */
function commandAt(text: string, start: number): string {
  const lines = text.slice(start, start + commandReach).replaceAll('\\\n', '  ')
  const end = lines.indexOf('\n')
  return end === -1 ? lines : lines.slice(0, end)
}

/** A variable of a shell, or a word for what stands there. */
const stands = /^[$%<{[]|^(?:my|your)?(?:pass(?:word|wd)?|pwd|secret|token)\d{0,4}$|^-/i

const placed = (kind: Detector, places: readonly Place[], why: string): Detector => ({
  ...kind,
  trigger: { literals: places.map(([literal]) => literal), isAnyCase: true },
  examine: findAt(places, why),
})

export const placedSecrets: readonly Detector[] = [
  placed(password, passwordPlaces, 'the password in the arguments of a command'),
  placed(namedSecret, keyPlaces, 'a key or token in its place in a command, an address or a request'),
]
