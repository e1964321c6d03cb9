/**
 * Secrets of files in which the name is itself a value: `<add key="Password" value="…"/>`, `"name": "DB_PASSWORD",
 * "value": "…"`, `- name: API_TOKEN` and on the next line `value: …`. They come with the classifier.
 * Sources: configuration of .NET and of Spring, environment variables of Kubernetes and of Amazon ECS, variables of Postman.
 */
import { type Detector, nothing } from '../detector.ts'
import { isGeneratedValue, namedSecret } from '../detectors/secret/named-secret.ts'
import { password } from '../detectors/secret/password.ts'
import { isPlaceholder } from '../placeholder.ts'

/** The name of a secret, and what stands between it and the word `value`; or an element called so. */
const nameOf = (words: string): RegExp =>
  new RegExp(
    `(?:(?:key|name|id)\\\\{0,3}["']?\\s?[:=]\\s?\\\\{0,3}["']?|<)[\\w.:-]{0,40}(?:${words})\\d?\\\\{0,3}["']?(?:[ \\t]{0,3},)?(?:\\\\n|\\s){0,40}\\\\{0,3}["']?$`,
    'i',
  )
const passwordName = nameOf('passw(?:or)?d|passphrase|pwd|pw|pass|passwort')
/** Tokens of forms are shown to whoever opens the page. */
const keyName = nameOf(
  'secret|(?<!(?:authenticity|verification|[cx]srf)[_-]?)token|api[_-]?key|access[_-]?key|private[_-]?key',
)
const reach = 110

const given = /value\\{0,3}["']?\s?[:=]\s?(\\{0,3}["'])?([^\s"'<>\\]{8,256})/diy

/** Letters and digits, or three kinds of characters: no name of a place where the secret lies. */
const isChosen = (value: string): boolean =>
  /\d/.test(value) && /[a-z]/i.test(value) && !isPlaceholder(value) && !/[(){}]|:\/\/|^[./~@!]/.test(value)

const pairIn =
  (name: RegExp, isSecret: (value: string) => boolean): Detector['examine'] =>
  (text, start) => {
    // A blank or a quote stands before it, and the name before that.
    if (!' \t\n"\'n'.includes(text.charAt(start - 1))) return nothing
    given.lastIndex = start
    const found = given.exec(text)
    const place = found?.indices?.[2]
    const value = found?.[2]
    if (value === undefined || place === undefined || !isSecret(value)) return nothing
    if (!name.test(text.slice(Math.max(0, start - reach), start))) return nothing
    return [{ start: place[0], end: place[1], score: 0.8, why: 'the value beside the name of a secret' }]
  }

const trigger: Detector['trigger'] = { literals: ['value'], isAnyCase: true }

export const pairedSecrets: readonly Detector[] = [
  { ...password, trigger, examine: pairIn(passwordName, isChosen) },
  { ...namedSecret, trigger, examine: pairIn(keyName, isGeneratedValue) },
]
