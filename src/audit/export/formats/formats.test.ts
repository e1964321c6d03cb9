import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exportFormats } from '#/settings/export-schema.ts'
import { formats } from './index.ts'
import { hostile, named, samples } from './test-samples.ts'

const product = { version: '0.0.0' }

for (const [name, open] of Object.entries(formats)) {
  const format = open(product)
  const lines = [...samples, named].map(format.format)

  test(`${name} gives the lines of its golden file`, () => {
    const path = join(import.meta.dirname, name, 'golden.txt')
    const text = `${[...(format.heading === undefined ? [] : [format.heading]), ...lines].join('\n')}\n`
    // After a change that is meant: GOLDEN=write npm test -- src/audit/export/formats, then read the difference.
    if (process.env['GOLDEN'] === 'write') writeFileSync(path, text)
    assert.equal(text, readFileSync(path, 'utf8'))
  })

  test(`${name} keeps every event on one line that holds nothing a terminal obeys`, () => {
    for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\u2028\u2029]/u)
  })

  test(`${name} states its version and the id in every event`, () => {
    for (const [at, event] of samples.entries()) {
      assert.ok(lines[at]?.includes(event.id), lines[at])
      const stated =
        name === 'ocsf' ? '"version":"1.8.0"' : name === 'ecs' ? '"ecs":{"version":"9.2.0"}' : format.version
      assert.ok(lines[at]?.includes(stated), lines[at])
    }
  })

  test(`${name} names a person only when it is given one`, () => {
    const isNaming = name === 'csv' ? /^$/ : /ada@example\.com/
    if (name !== 'csv') assert.match(format.format(named), isNaming)
    for (const event of samples) assert.doesNotMatch(format.format(event), /ada@example\.com/)
  })

  if (format.isJson) {
    test(`${name} is JSON, and what was said comes back from it unchanged`, () => {
      for (const line of lines) JSON.parse(line)
      const event = samples.find((each) => each.is === 'entry' && each.head.facts.model === hostile)
      assert.ok(event !== undefined)
      assert.ok(JSON.stringify(JSON.parse(format.format(event))).includes(JSON.stringify(hostile)))
    })
  }
}

test('every format of the settings exists', () => {
  for (const name of exportFormats) assert.ok(Object.hasOwn(formats, name), name)
})
