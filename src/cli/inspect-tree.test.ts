import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { picture, sheetOf, wordOf } from '#/attachments/test-files.ts'
import { run, runWithoutTesseract } from './test-world.ts'
import type { TreeReport } from './tree-report.ts'

const base = mkdtempSync(join(tmpdir(), 'sallyport-tree-'))
after(() => rmSync(base, { recursive: true }))

// A test number of the card networks, in parts so that nobody takes this file for a leak.
const card = ['4111', '1111', '1111', '1111'].join('')

let count = 0

/** A folder with these files; a number is the size of a file of nothing. */
function folderOf(files: Readonly<Record<string, string | Uint8Array | number>>): string {
  const root = join(base, `tree-${count++}`)
  mkdirSync(root)
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, typeof content === 'number' ? '' : content)
    if (typeof content === 'number') truncateSync(file, content)
  }
  return root
}

async function treeOf(root: string): Promise<TreeReport> {
  const { exitCode, out, err } = await runWithoutTesseract(['inspect', '--tree', root, '--json'])
  assert.equal(exitCode, 0, err)
  return JSON.parse(out)
}

const documents = {
  'readme.txt': 'all is well',
  'hr/staff.xlsx': sheetOf([
    ['Name', 'Card', 'Since'],
    ['Ida', Number(card), 'May'],
  ]),
  'hr/letters/one.docx': wordOf(['write to ida@example.com']),
  'hr/letters/two.txt': 'write to ole@example.com and ida@example.com',
  'scans/a.dat': picture,
}

test('each folder is told with its files, its class, what was found and what was not read', async () => {
  const { folders, totals } = await treeOf(folderOf(documents))
  assert.deepEqual(
    folders.map((each) => [each.folder, each.files, each.readFiles, each.class, each.kinds, each.unread]),
    [
      ['.', 1, 1, 'public', {}, []],
      ['hr', 1, 1, 'restricted', { 'payment-card': 1, 'person-name': 1 }, []],
      ['hr/letters', 2, 2, 'internal', { email: 3 }, []],
      ['scans', 1, 0, null, {}, [{ path: 'scans/a.dat', reason: 'picture' }]],
    ],
  )
  assert.deepEqual(totals.classes, { public: 1, internal: 2, confidential: 0, restricted: 1 })
  assert.equal(totals.files, 5)
})

test('for people it is a table with totals, and the reasons in words', async () => {
  const { out } = await runWithoutTesseract(['inspect', '--tree', folderOf(documents)])
  assert.match(out, /^folder +files {2}class +found +unread\n\. +1 {2}public +- +-\n/)
  assert.match(out, /\nhr +1 {2}restricted {2}payment-card 1, person-name 1 +-\n/)
  assert.match(out, /\nscans +1 {2}not known +- +1 \(picture 1\)\n/)
  assert.match(out, /\ntotal +5 {2}restricted {2}email 3, payment-card 1, person-name 1 +1 \(picture 1\)\n/)
  assert.match(out, /nobody knows what it holds:\n {2}picture: it is a picture/)
  assert.equal(out.includes(card) || out.includes('example.com'), false)
})

test('folders of programs and links are passed over, and that is told', async () => {
  const outside = folderOf({ 'secret.txt': `card ${card}` })
  const root = folderOf({
    'a.txt': 'x',
    'node_modules/b.txt': card,
    '.git/config': card,
    'deep/node_modules/c': card,
  })
  symlinkSync(outside, join(root, 'link'))
  symlinkSync(join(outside, 'secret.txt'), join(root, 'file-link'))
  symlinkSync('.', join(root, 'circle'))
  const { totals, skipped, skippedPaths } = await treeOf(root)
  assert.equal(totals.files, 1)
  assert.equal(totals.class, 'public')
  assert.deepEqual(skipped, { 'passed-over': 3, link: 3, special: 0, denied: 0 })
  assert.ok(skippedPaths.includes('deep/node_modules'))
})

test('a file larger than what is read is told and not opened', async () => {
  const { folders } = await treeOf(folderOf({ 'a.txt': 'x', 'big.bin': 33 * 1024 * 1024 }))
  assert.deepEqual(folders[0]?.unread, [{ path: 'big.bin', reason: 'too-large' }])
})

test('a part inside of a file is named behind it', async () => {
  const { folders } = await treeOf(folderOf({ 'a.docx': wordOf(['x'], { 'word/media/i.png': picture }) }))
  assert.deepEqual(folders[0]?.unread, [{ path: 'a.docx!word/media/i.png', reason: 'picture' }])
  assert.equal(folders[0]?.readFiles, 1)
})

test('the exit code is 1 when there is nothing, or nothing that can be read, and 3 when there is no folder', async () => {
  assert.equal((await run(['inspect', '--tree', folderOf({})])).exitCode, 1)
  assert.equal((await run(['inspect', '--tree', folderOf({ a: picture })])).exitCode, 1)
  const missing = await run(['inspect', '--tree', join(base, 'none')])
  assert.equal(missing.exitCode, 3)
  assert.match(missing.err, /: there is no such file or folder; check the path/)
})

test('a tree and a file at once is a wrong call', async () => {
  assert.equal((await run(['inspect', 'a.txt', '--tree', base])).exitCode, 2)
  assert.equal((await run(['inspect', '--jsonl', '--tree', base])).exitCode, 2)
})

test('names of files cannot do anything to a terminal', async () => {
  const { out } = await run(['inspect', '--tree', folderOf({ 'a\u001b[2J/b.txt': 'x' })])
  assert.equal(out.includes('\u001b'), false)
})

test('whoever waits longer than a second is told how far it is, on standard error', async () => {
  const root = folderOf(
    Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.txt`, 'words'])),
  )
  let now = 0
  const { err, out } = await run(['inspect', '--tree', root, '--json'], { clock: () => (now += 100) })
  assert.match(err, /^sallyport: \d+ files, \d+\.\d MB\n/)
  assert.doesNotMatch(out, /sallyport: /)
  const quick = await run(['inspect', '--tree', root])
  assert.equal(quick.err, '')
})
