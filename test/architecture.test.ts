import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { findCycles } from '../tools/architecture/cycles.ts'
import { drawMap } from '../tools/architecture/draw.ts'
import { findViolations } from '../tools/architecture/rules.ts'
import { type Packages, parseTree, readPackages, readTree } from '../tools/architecture/tree.ts'

const root = join(import.meta.dirname, '..')

test('imports point one way, nothing goes round in circles, and every file keeps to its room', () => {
  const violations = findViolations(readTree(root), readPackages(root))
  assert.ok(violations.length === 0, `\n${violations.join('\n')}\n`)
})

test('the tree that was checked is the whole one', () => {
  const paths = [...readTree(root).keys()]
  for (const path of ['src/main.ts', 'src/core/id.ts', 'src/gateway/exchange.ts', 'web/src/main.tsx']) {
    assert.ok(paths.includes(path), path)
  }
})

// From here on: made-up trees, one per rule, to see that the rule would notice.

const packages: Packages = {
  dependencies: new Set(['zod', '@scope/lib']),
  devDependencies: new Set(['react', 'pg']),
}

/** Violations of a tree of these files; each room's note is added. */
function check(files: Readonly<Record<string, string>>, notes = true): readonly string[] {
  const tree = new Map(Object.entries(files))
  if (notes) {
    for (const path of Object.keys(files)) {
      const room = /^src\/[^/]+(?=\/)/.exec(path)?.[0]
      if (room !== undefined) tree.set(`${room}/README.md`, '# A room')
    }
  }
  return findViolations(tree, packages)
}

const clean = {
  'src/core/id.ts': "import { randomBytes } from 'node:crypto'\nexport const id = () => randomBytes(8)\n",
  'src/core/class.ts': 'export type Class = 1\n',
  'src/policy/api.ts': "import type { Class } from '#/core/class.ts'\nexport type Rule = Class\n",
  'src/gateway/call.ts':
    "import type { Rule } from '#/policy/api.ts'\nimport { z } from 'zod'\nexport type C = Rule\n",
  'web/src/page.tsx':
    "import type { Rule } from '#/policy/api.ts'\nimport { useState } from 'react'\nexport const P = () => <p>Don't {useState}</p>\n",
}

const breaks = (name: string, files: Readonly<Record<string, string>>, message: RegExp) =>
  test(name, () => {
    const violations = check({ ...clean, ...files })
    assert.equal(violations.length, 1, violations.join('\n'))
    assert.match(violations[0] ?? '', message)
  })

test('a tree that keeps the rules has no violation', () => {
  assert.deepEqual(check(clean), [])
})

breaks(
  'an import to the right is noticed',
  { 'src/core/up.ts': "\nimport { x } from '#/gateway/call.ts'\n" },
  /^src\/core\/up\.ts:2: core may not import gateway$/,
)
breaks(
  'an import of a type to the right is noticed',
  { 'src/core/up.ts': "import type { C } from '../gateway/call.ts'\n" },
  /core may not import gateway/,
)
breaks(
  'a dynamic import to the right is noticed',
  { 'src/core/up.ts': "export const up = () => import('#/gateway/call.ts')\n" },
  /core may not import gateway/,
)
breaks(
  'a type imported in place is noticed',
  { 'src/core/up.ts': "export type Up = import('#/gateway/call.ts').C\n" },
  /core may not import gateway/,
)
breaks(
  'an export from the right is noticed',
  { 'src/core/up.ts': "export * from '#/gateway/call.ts'\n" },
  /core may not import gateway/,
)
breaks(
  'a worker of a room to the right is noticed',
  { 'src/core/up.ts': "export const file = new URL('../gateway/call.ts', import.meta.url)\n" },
  /core may not import gateway/,
)
breaks(
  'rooms that stand side by side do not import each other',
  { 'src/chat/api.ts': "import type { Rule } from '#/policy/api.ts'\nexport type R = Rule\n" },
  /chat may not import policy \(they stand side by side\)/,
)
breaks(
  'a room that is not on the map is noticed',
  { 'src/helpers/x.ts': 'export const x = 1\n' },
  /belongs to no room/,
)
breaks(
  'the server does not import the page',
  { 'src/gateway/page.ts': "import { P } from '../../web/src/page.tsx'\n" },
  /the server may not import web\/src\/page\.tsx/,
)
breaks(
  'an import of a file that is not there is noticed',
  { 'src/core/x.ts': "import { y } from './y.ts'\n" },
  /there is no \.\/y\.ts/,
)
breaks(
  'an import whose name is computed is noticed',
  { 'src/core/x.ts': 'export const load = (name: string) => import(name)\n' },
  /must name its file/,
)
breaks(
  'two files that import each other are noticed, also when it is only types',
  {
    'src/core/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
    'src/core/b.ts': "import type { A } from './a.ts'\nexport type B = A\n",
  },
  /^cycle: src\/core\/a\.ts - src\/core\/b\.ts$/,
)
breaks(
  'the page takes no other file of a room than its api',
  { 'web/src/x.ts': "import type { C } from '#/gateway/call.ts'\n" },
  /the page may import .* not src\/gateway\/call\.ts/,
)
breaks(
  'the page does not reach Node over a file of core',
  { 'web/src/x.ts': "import { id } from '#/core/id.ts'\n" },
  /src\/core\/id\.ts:1: the page reaches this file/,
)
breaks(
  'the page does not reach what a company has registered, but may know how it is called',
  {
    'web/src/x.ts': "import { inspect } from '#/inspect/index.ts'\n",
    'src/inspect/index.ts':
      "import type { Known } from './company/api.ts'\nimport { kinds } from './company/kinds.ts'\nexport { match } from './company/table.ts'\nexport const inspect = (_: Known) => kinds\n",
    'src/inspect/company/api.ts': 'export type Known = 1\n',
    'src/inspect/company/kinds.ts': 'export const kinds = []\n',
    'src/inspect/company/table.ts': 'export const match = 1\n',
  },
  /src\/inspect\/index\.ts:3: the page reaches this file, so it may not import src\/inspect\/company\/table\.ts/,
)
breaks(
  'a pure room does not import Node, not even its types',
  { 'src/policy/x.ts': "import type { Stats } from 'node:fs'\nexport type S = Stats\n" },
  /policy is pure/,
)
breaks(
  'an api does not import Node',
  { 'src/gateway/api.ts': "import { hash } from 'node:crypto'\nexport const h = hash\n" },
  /an api\.ts may not import node:crypto/,
)
breaks(
  'the server does not import development packages',
  { 'src/core/x.ts': "import { Client } from 'pg'\n" },
  /pg is a development dependency/,
)
breaks(
  'a package that package.json does not name is noticed',
  { 'src/core/x.ts': "import x from '@scope/other/deep.js'\n" },
  /@scope\/other is not in package\.json/,
)
breaks(
  'what only tests use stays with tests',
  {
    'src/core/test-clock.ts': "import { Client } from 'pg'\nexport const clock = Client\n",
    'src/core/x.ts': "import { clock } from './test-clock.ts'\nexport const y = clock\n",
  },
  /test-clock\.ts is for tests only/,
)
breaks(
  'SQL outside a store is noticed',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a file
  { 'src/gateway/x.ts': 'export const sql = (t: string) => `SELECT *\n  FROM ${t} WHERE a = 1`\n' },
  /src\/gateway\/x\.ts:1: SQL stands only in store\.ts/,
)
breaks(
  'a default export is noticed',
  { 'src/core/x.ts': 'const x = 1\nexport default x\n' },
  /x\.ts:2: exports are named/,
)
breaks(
  'an export renamed to default is noticed',
  { 'src/core/x.ts': 'const x = 1\nexport { x as default }\n' },
  /exports are named/,
)
breaks(
  'a test far from what it tests is noticed',
  { 'src/gateway/far.test.ts': "import { id } from '#/core/id.ts'\n" },
  /tests nothing of its own room/,
)

test('a room without a note is noticed', () => {
  assert.deepEqual(check({ 'src/core/x.ts': 'export const x = 1\n' }, false), ['src/core: has no README.md'])
})

test('SQL in a store, in a migration and in a test is where it belongs', () => {
  const select = "export const text = 'SELECT a FROM b WHERE c = $1'\n"
  const files = {
    'src/register/store.ts': select,
    'src/register/migrations/001-records.ts': "export const sql = 'CREATE TABLE record (id TEXT)'\n",
    'src/register/store.test.ts': `import { text } from './store.ts'\n${select.replace('text', 'other')}`,
  }
  assert.deepEqual(check(files), [])
})

test('a sentence that only sounds like SQL is none', () => {
  const text = "export const text = 'Select a file from the list, or update the rules and set a limit'\n"
  assert.deepEqual(check({ 'src/core/x.ts': text }), [])
})

test('a word in a comment or a text is no import', () => {
  const text = "// import { x } from '#/gateway/call.ts'\nexport const help = \"import x from 'left-pad'\"\n"
  assert.deepEqual(check({ ...clean, 'src/core/x.ts': text }), [])
})

test('cycles are found whatever their length, and a chain of ten thousand is none', () => {
  const chain = new Map<string, Set<string>>()
  for (let index = 0; index < 10_000; index++) chain.set(`f${index}`, new Set([`f${index + 1}`]))
  assert.deepEqual(findCycles(chain), [])
  chain.set('f10000', new Set(['f9998']))
  assert.deepEqual(findCycles(chain), [['f10000', 'f9998', 'f9999']])
  assert.deepEqual(findCycles(new Map([['a', new Set(['a'])]])), [['a']])
  const two = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['a', 'c'])],
    ['c', new Set(['d'])],
    ['d', new Set(['c'])],
  ])
  assert.deepEqual(findCycles(two), [
    ['c', 'd'],
    ['a', 'b'],
  ])
})

test('the map shows each room once and leaves out what follows from another arrow', () => {
  const tree = new Map(
    Object.entries({
      ...clean,
      'src/command-line.ts': "import './gateway/call.ts'\nimport '#/core/id.ts'\n",
    }),
  )
  const map = drawMap(parseTree(tree))
  assert.equal(
    map,
    [
      'flowchart RL',
      '  core["core"]',
      '  policy["policy"]',
      '  gateway["gateway"]',
      '  command_line["command-line"]',
      '  command_line --> gateway',
      '  gateway --> policy',
      '  policy --> core',
    ].join('\n'),
  )
})
