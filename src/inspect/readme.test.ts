import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { publicDetectors } from './detectors/other/index.ts'
import { kinds as kindsOfRules } from './kinds.ts'
import { kindsOfNames } from './names/kinds.ts'

const kinds = [...kindsOfRules, ...kindsOfNames, ...publicDetectors]

const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
const rows = readme.split('\n').filter((line) => line.startsWith('| `'))

/** Kinds of the table with the class beside them. */
const listed = new Map(
  rows.flatMap((row) => {
    const [, names = '', dataClass = ''] = row.split('|').map((cell) => cell.trim())
    return [...names.matchAll(/`([a-z-]+)`/g)].map(([, type = '']): [string, string] => [type, dataClass])
  }),
)

test('the table of the notes lists every kind once, and no other', () => {
  assert.deepEqual([...listed.keys()].toSorted(), kinds.map(({ type }) => type).toSorted())
})

test('the table gives each kind its class', () => {
  for (const { type, class: dataClass } of kinds) {
    assert.equal(listed.get(type), type === 'company-term' ? "the term's own" : dataClass, type)
  }
})
