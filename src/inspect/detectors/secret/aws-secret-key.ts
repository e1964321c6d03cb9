import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { notePassed, nothingPassed, passedUntil } from '../../passed.ts'

const length = 40

/** How far after its name, or after an access key id, a secret is looked for. */
const reach = 80

/** The secret has no mark of its own, so its name or the id it belongs to must stand shortly before it. */
function findSecret(text: string, _start: number, end: number): readonly Match[] {
  if (isInLongRun(text, end)) return nothing
  const window = text.slice(end, end + reach + length + 1)
  let index = 0
  while (index <= Math.min(reach, window.length - length)) {
    if (!isKeyPart(window.charCodeAt(index))) {
      index++
      continue
    }
    const first = index
    while (index < window.length && isKeyPart(window.charCodeAt(index))) index++
    if (index - first !== length || !isMixed(window.slice(first, index))) continue
    const start = end + first
    return [
      {
        start,
        end: start + length,
        score: 0.95,
        isProved: true,
        why: 'forty characters after the name of a secret key',
      },
    ]
  }
  return nothing
}

/** Characters of keys that were read behind a name. */
const passedRun = nothingPassed()

/** Whether all that is looked at is one run of characters of keys: longer than any key, and each is read once. */
function isInLongRun(text: string, end: number): boolean {
  let index = passedUntil(passedRun, text, end)
  while (index - end <= reach + length && isKeyPart(text.charCodeAt(index))) index++
  notePassed(passedRun, text, end, index)
  return index - end > reach + length
}

const isKeyPart = (code: number): boolean => isAlphanumeric(code) || code === 43 || code === 47

/** A hash in hexadecimal and a path have no such mixture. */
const isMixed = (value: string): boolean => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value)

const secret = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`
const id = `AKIA${'IOSFODNN7EXAMPLE'}`

/** Secret access keys of Amazon Web Services. */
export const awsSecretKey: Detector = {
  type: 'aws-secret-key',
  family: 'secret',
  class: 'restricted',
  label: 'AWS secret access key',
  trigger: {
    literals: [
      'secret_access_key',
      'secretaccesskey',
      'secret access key',
      'secret-access-key',
      'aws_secret',
      'akia',
    ],
    isAnyCase: true,
  },
  examine: findSecret,
  proof: 'its name or an access key id before forty mixed characters',
  finds: [
    `AWS_SECRET_ACCESS_KEY=«${secret}»`,
    `"SecretAccessKey": "«${secret}»"`,
    `anna,${id},«${secret}»`,
    `aws_secret = '«${secret}»'`,
  ],
  ignores: [
    secret,
    `AWS_SECRET_ACCESS_KEY=${'0123456789abcdef0123456789abcdef01234567'}`,
    `secret access key ${'a'.repeat(40)}`,
    `AWS_SECRET_ACCESS_KEY=${secret}A`,
    'the secret access key is shown once',
  ],
  source: 'AWS IAM user guide, "Manage access keys for IAM users"',
}
