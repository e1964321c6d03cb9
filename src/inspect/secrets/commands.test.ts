import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandPasswords } from './commands.ts'

const found = (text: string): readonly string[] => {
  const start = text.search(/curl|psexec|machine/i)
  return commandPasswords.examine(text, start, start + 4).map((match) => text.slice(match.start, match.end))
}

const value = `Tr0ub4dor${'&3x'}`

test('the password of a command is found without a word for it, and over the lines of one command', () => {
  for (const text of [
    `curl -u ada:${value} https://example.com`,
    `curl -X POST -H 'Accept: text/plain' \\\n  --user "ada:${value}" https://example.com`,
    `curl -u "${value}:" https://example.com`,
    `PsExec.exe \\\\host -u EXAMPLE\\ada -p ${value} cmd`,
    `machine files.example.com\n  login ada\n  password ${value}\n`,
  ])
    assert.deepEqual(found(text), [value], text)
})

test('a variable, a placeholder, another argument and a command without a password are none', () => {
  for (const text of [
    'curl -u ada:$PASSWORD https://example.com',
    'curl -u user:password https://example.com',
    'curl -u <user:password> https://example.com',
    'curl -u <name>:<password> https://example.com',
    'curl https://example.com:8443/a',
    'psexec \\\\host -u ada -p %PASSWORD% cmd',
    'the machine login is shown with a password prompt',
  ])
    assert.deepEqual(found(text), [], text)
})
