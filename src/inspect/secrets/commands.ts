/**
 * Passwords in the arguments of commands, which nothing calls so: `curl -u name:password`, `psexec -p password`, a
 * line of `.netrc`. They come with the classifier, so that the page does not carry them.
 * Source: the manuals of curl 8 (`-u`), PsExec 2 (`-p`) and inetutils (`.netrc`).
 */
import { type Detector, type Match, nothing } from '../detector.ts'
import { password } from '../detectors/secret/password.ts'
import { isPlaceholder } from '../placeholder.ts'

/** The password is the first group that is not empty. Every repetition is bounded. */
const shapes = [
  /curl(?:\.exe)?(?:\\\n|[^\n]){0,300}? (?:-u|--user)[ =]{1,2}["']{0,1}(?:[^\s:"'/<]{0,80}:["']?([^\s"']{3,100})|([^\s:"'/]{8,100}):["'])/iy,
  /psexec(?:64)?(?:\.exe)? [^\n]{0,200}? -p ["']?([^\s"']{3,80})/iy,
  /machine \S{3,80}\s{1,20}login \S{1,80}\s{1,20}password (\S{3,80})/iy,
]

function findPassword(text: string, start: number): readonly Match[] {
  for (const shape of shapes) {
    shape.lastIndex = start
    const found = shape.exec(text)
    const value = found?.[1] ?? found?.[2]
    if (found === null || value === undefined || stands.test(value) || isPlaceholder(value)) continue
    const at = start + found[0].lastIndexOf(value)
    return [
      { start: at, end: at + value.length, score: 0.8, why: 'the password in the arguments of a command' },
    ]
  }
  return nothing
}

/** A variable of a shell, or a word for what stands there. */
const stands = /^[$%<{[]|^(?:my|your)?(?:pass(?:word|wd)?|pwd|secret|token)\d{0,4}$|^-/i

export const commandPasswords: Detector = {
  ...password,
  trigger: { literals: ['curl', 'psexec', 'machine '], isAnyCase: true },
  examine: findPassword,
}
