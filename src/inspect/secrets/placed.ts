/**
 * Secrets whose place tells what they are: the arguments of commands, parts of an address, fields of a request that
 * nothing calls a password or key. They come with the classifier, so that the page does not carry them.
 * Sources: the manuals of the commands named below, among them curl 8, PsExec 2, MySQL 8.4 and PowerShell 7, of libcurl
 * (`CURLOPT_USERPWD`) and inetutils (`.netrc`); the documentation of TrueNAS 25.04 (`auth.login_with_api_key`),
 * ThingsBoard ("HTTP device API"), Azure App Configuration (connection strings), Code Climate (`CC_TEST_REPORTER_ID`),
 * Tines (webhooks), Apprise (`tgram://`), Terraform 1.9 (`output -json`), Vault (`operator init`) and wpa_supplicant.
 */
import { type Detector, nothing } from '../detector.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { password } from '../detectors/secret/password.ts'
import { isPlaceholder } from '../placeholder.ts'

/**
 * What wakes it, lower case, and what stands there; what is not sticky stands anywhere in the command that begins
 * there. The secret is the first group that is not empty. Every repetition is bounded.
 */
type Place = readonly [literal: string, shape: RegExp]

/** The argument of a flag, in the command that begins here and before the next one. */
const flag = (command: string, name: string): RegExp =>
  new RegExp(`^${command} (?:[^|;&]{0,200}? )?${name}["']?([^\\s"']{4,80})`, 'd')

const passwordPlaces: readonly Place[] = [
  [
    'curl',
    / (?:-u|--user)[ =]{1,2}["']{0,1}(?:[^\s:"'/<]{0,80}:["']?([^\s"']{3,100})|([^\s:"'/]{8,100}):["'])/di,
  ],
  ...['mysql', 'mariadb'].map((name): Place => [name, flag('m(?:ysql|ariadb)[a-z-]{0,12}', '-p')]),
  ['sshpass ', flag('sshpass', '-p ?')],
  ['redis-cli ', flag('redis-cli', '-a ')],
  ...['docker', 'podman', 'az'].map((name): Place => [`${name} login `, flag(`${name} login`, '-p ')]),
  ['mongosh ', flag('mongosh', '-p ')],
  ...['search', 'add', 'modify', 'delete', 'whoami', 'passwd'].map(
    (name): Place => [`ldap${name} `, flag(`ldap${name}`, '-w ')],
  ),
  ['smbclient ', flag('smbclient', `-U ["']?[^\\s%"']{1,80}%`)],
  ['rpcclient ', flag('rpcclient', `-U ["']?[^\\s%"']{1,80}%`)],
  ['lftp ', flag('lftp', `-u ["']?[^\\s,"']{1,80},`)],
  ['net use ', flag('net use', '/user:\\S{1,80} ')],
  ['useradd ', flag('useradd', '-p ')],
  ['htpasswd ', /^htpasswd -[A-Za-z]{0,6}b[A-Za-z]{0,6} \S{1,120} \S{1,80} ["']?([^\s"']{4,80})/di],
  ['sqlplus ', /^sqlplus (?:-\w{1,8} ){0,4}["']?[^\s/"']{1,80}\/["']?([^\s@"']{4,80})["']?@/di],
  ['unzip ', flag('unzip', '-P ?')],
  ['echo ', /^echo ["']?(?:[^\s:"'|$]{1,40}:)?([^\s"'|$]{4,80})["']? ?\| ?(?:sudo -S|(?:sudo )?chpasswd)/d],
  ['chpasswd <<<', /chpasswd <<< ?["']?[^\s:"'$]{1,40}:([^\s"'$]{4,80})/dy],
  [
    'curlopt_',
    /curlopt_(?:proxy)?userpwd["']?\s{0,4}[,=>]{1,2}\s{0,4}["'][^"':\n]{1,80}:([^"'\n]{3,100})["']/diy,
  ],
  ['psexec', /psexec(?:64)?(?:\.exe)? [^\n]{0,200}? -p ["']?([^\s"']{3,80})/diy],
  ['machine ', /machine \S{3,80}\s{1,20}login \S{1,80}\s{1,20}password (\S{3,80})/diy],
  [
    'convertto-secure',
    /convertto-securestring(?:(?:[ \t]{1,3}-[a-z]{2,12}){1,4}[ \t]{1,3}(?=\S{0,40}[\d#!@%&*])([^\s"'$-][^\s"']{4,80})|(?:[ \t]{1,3}-[a-z]{2,12}){0,4}[ \t]{1,3}["']([^\s"'$][^"'$\n]{4,80})["'])/diy,
  ],
  ['psk=', /(?<![A-Za-z])psk="([^"\n]{8,63})"/dy],
  ['native_password', /native_password['"`]? {1,3}(?:by|as) {1,3}'([^'\n]{6,100})'/diy],
]

const keyPlaces: readonly Place[] = [
  [
    'login_with_api_key',
    /login_with_api_key"\s{0,8},\s{0,8}"params"\s{0,8}:\s{0,8}\[\s{0,20}"(\d{1,5}-[A-Za-z0-9]{64})"/diy,
  ],
  ['thingsboard.cloud/', /thingsboard\.cloud\/api\/v1\/([A-Za-z0-9]{20})\//diy],
  ['tines.com/', /tines\.com\/webhook\/([0-9a-f]{32}\/[0-9a-f]{32})/diy],
  ['azconfig.io', /azconfig\.io;Id=[^;\s]{1,80};Secret=([A-Za-z0-9+/]{43,86}={0,2})/diy],
  ['cc_test_reporter_id', /cc_test_reporter_id["']?\s{0,4}[:=]\s{0,4}["']?([0-9a-f]{64})/diy],
  // A token instead of the name of a user: how tools of builds clone.
  ...['@github.com', '@gitlab.', '@bitbucket.org', '@dev.azure.com'].map(
    (host): Place => [host, /(?<=:\/\/(?=[A-Za-z_-]{0,254}\d)([A-Za-z0-9_-]{20,255}))@/dy],
  ),
  [
    '--from-literal',
    /(?<=create secret [^|;&]{1,400})--from-literal[= ]["']?[\w.-]{1,80}=["']?([^\s"']{4,400})/dy,
  ],
  // What Terraform says is sensitive, in `terraform output -json`.
  [
    '"sensitive"',
    /"sensitive"\s{0,4}:\s{0,4}true,\s{0,12}"type"\s{0,4}:\s{0,4}"string",\s{0,12}"value"\s{0,4}:\s{0,4}"([^"\n]{4,600})"/dy,
  ],
  ['unseal key ', /unseal key \d{1,2}: ([A-Za-z0-9+/]{40,66}={0,2})(?![A-Za-z0-9+/=])/diy],
  ['tgram://', /tgram:\/\/(\d{8,10}:[\w-]{35})/diy],
]

const findAt = (places: readonly Place[], why: string): Detector['examine'] => {
  const shapes = new Map(places)
  return (text, start, end) => {
    const shape = shapes.get(text.slice(start, end).toLowerCase())
    if (shape === undefined) return nothing
    shape.lastIndex = start
    const found = shape.exec(shape.sticky ? text : commandAt(text, start))
    const value = found?.[1] ?? found?.[2]
    const place = found?.indices?.[1] ?? found?.indices?.[2]
    if (value === undefined || place === undefined || isStandIn(value)) return nothing
    const offset = shape.sticky ? 0 : start
    return [{ start: offset + place[0], end: offset + place[1], score: 0.8, why }]
  }
}

/** How far from the name of a command its arguments are read. */
const commandReach = 420

/** A command up to its end, its lines as one: what ties them is as long as what stands for it. */
function commandAt(text: string, start: number): string {
  const lines = text.slice(start, start + commandReach).replaceAll('\\\n', '  ')
  const end = lines.indexOf('\n')
  return end === -1 ? lines : lines.slice(0, end)
}

/** A variable of a shell, a word for what stands there, or another argument. */
const stands = /^[$%<{[]|^(?:my|your)?(?:pass(?:word|wd)?|pwd|secret|token)\d{0,4}$|^-|^\/[a-z]+(?::|$)/i

/** `pass123` is what many a password is: with digits behind it a word stands for none. */
const weak = /^pass(?:word|wd)?\d{2,4}$/i

const isStandIn = (value: string): boolean =>
  !weak.test(value) && (stands.test(value) || isPlaceholder(value))

const placed = (kind: Detector, places: readonly Place[], why: string): Detector => ({
  ...kind,
  trigger: { literals: places.map(([literal]) => literal), isAnyCase: true },
  examine: findAt(places, why),
})

export const placedSecrets: readonly Detector[] = [
  placed(password, passwordPlaces, 'the password in the arguments of a command'),
  placed(namedSecret, keyPlaces, 'a key or token in its place in a command, an address or a request'),
]
