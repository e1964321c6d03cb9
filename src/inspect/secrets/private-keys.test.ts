import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTriggerScan } from '../trigger-scan.ts'
import { privateKeyForms } from './private-keys.ts'

const scan = createTriggerScan(privateKeyForms)

function found(text: string): readonly string[] {
  const values: string[] = []
  scan(text, (detector, start, end) => {
    for (const match of detector.examine(text, start, end)) values.push(text.slice(match.start, match.end))
  })
  return values
}

const head = `-----BEGIN RSA ${'PRIVATE KEY-----'}`

test('the head of a private key at the end of a text is found: the rest may come with the next one', () => {
  for (const text of [
    head,
    `${head}\n`,
    `2026-11-26 11:00:00 ${head}`,
    `const key = \`${head}`,
    `KEY = "${head}\\n" +`,
    `k = "\\"${head}\\\\n"`,
    `  *  -----BEGIN PGP ${'PRIVATE KEY'} BLOCK-----`,
  ])
    assert.equal(found(text).length, 1, text)
})

test('what is said about such a line, one in the middle of a text and one of a certificate are no keys', () => {
  for (const text of [
    `a file that starts with ${head}`,
    `look for the line "${head}"`,
    `${head} begins a key.`,
    `${head}\n...\n`,
    '-----BEGIN CERTIFICATE-----',
  ])
    assert.deepEqual(found(text), [], text)
})
