import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  type BundleTest,
  bundleOf,
  openBundleTest,
  withContents,
} from '#/audit/evidence/evidence-for-tests.ts'
import { formatManifest, listFile, noteText } from '#/audit/evidence/manifest.ts'
import { tarBlockBytes, tarEnd } from '#/audit/evidence/tar.ts'
import { readTarFiles, writeTarFiles } from '#/audit/evidence/tar-for-tests.ts'
import { appendExchange, seededRandom } from '#/audit/log-for-tests.ts'
import { verifyBundle } from '../support/standalone-verifier.ts'

interface Sound {
  readonly opened: BundleTest
  readonly bytes: Buffer
  readonly files: Map<string, Buffer>
  readonly key: string
  readonly index: number
}

let sound: Promise<Sound> | undefined

/** One bundle serves all tests, as bytes; each takes a second for its checkpoint. */
function openSound(context: TestContext): Promise<Sound> {
  sound ??= makeSound(context)
  return sound
}

async function makeSound(context: TestContext): Promise<Sound> {
  const opened = await openBundleTest(context)
  for (let count = 0; count < 5; count++) await appendExchange(opened.log, 'ada', 'before')
  const index = await appendExchange(opened.log, 'emil', 'the heron flies')
  const { bytes, files } = await bundleOf(opened, [index], withContents(opened))
  return { opened, bytes, files, key: opened.evidence.verifierKey, index }
}

const refused = (bytes: Buffer, key: string, what: string): void =>
  assert.equal(verifyBundle(bytes, key).ok, false, `not noticed: ${what}`)

const flipped = (bytes: Buffer, at: number, bit = 1): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ bit
  return copy
}

/** As somebody who has the key of the log would, after changing something: manifest and signature fit again. */
function signedAgain({ opened, files }: Sound, changed: Map<string, Buffer>): Buffer {
  const { files: _, v: __, ...facts } = JSON.parse(files.get('manifest.json')?.toString() ?? '')
  const listed = [...changed].filter(([name]) => !name.startsWith('manifest.'))
  const manifest = formatManifest(
    facts,
    listed.map(([name, bytes]) => listFile(name, bytes)),
  )
  const note = opened.evidence.sign(noteText(opened.evidence.origin, manifest))
  return writeTarFiles([
    ...listed,
    ['manifest.json', Buffer.from(manifest)],
    ['manifest.note', Buffer.from(note)],
  ])
}

const changedFile = (
  { files }: Sound,
  name: string,
  change: (text: string) => string,
): Map<string, Buffer> => {
  const changed = new Map(files)
  const text = files.get(name)?.toString('latin1') ?? assert.fail(`${name} is not in the bundle`)
  assert.notEqual(change(text), text)
  return changed.set(name, Buffer.from(change(text), 'latin1'))
}

test('a flipped bit anywhere is noticed: in names, sizes, contents, padding and the end', async (context) => {
  const { bytes, files, key } = await openSound(context)
  assert.equal(verifyBundle(bytes, key).ok, true)
  let at = 0
  for (const [name, content] of files) {
    const start = at + tarBlockBytes
    const end = start + content.length
    const next = start + Math.ceil(content.length / tarBlockBytes) * tarBlockBytes
    const places = [at, at + 50, at + 100, at + 124, at + 148, at + 156, at + 257, at + 500]
    for (const place of [...places, start, Math.floor((start + end) / 2), end - 1])
      refused(flipped(bytes, place), key, `${name} at ${place - at}`)
    if (end < next) refused(flipped(bytes, next - 1), key, `padding of ${name}`)
    at = next
  }
  for (const place of [at, at + tarBlockBytes, bytes.length - 1])
    refused(flipped(bytes, place), key, 'the end')
})

test('three hundred random bits, one at a time, are noticed', async (context) => {
  const { bytes, key } = await openSound(context)
  const random = seededRandom(7)
  for (let count = 0; count < 300; count++) {
    const place = random(bytes.length)
    refused(flipped(bytes, place, 1 << random(8)), key, `byte ${place}`)
  }
})

test('a bundle cut short at any place, or with something behind it, is refused', async (context) => {
  const { bytes, key } = await openSound(context)
  for (let length = 0; length < bytes.length; length += 1_021)
    refused(bytes.subarray(0, length), key, `cut at ${length}`)
  for (const more of [Buffer.alloc(1), Buffer.alloc(tarBlockBytes), tarEnd, Buffer.from('more')])
    refused(Buffer.concat([bytes, more]), key, 'something behind it')
})

test('a missing file, an extra file, a file twice and files in another archive are told', async (context) => {
  const sound = await openSound(context)
  const { files, key, index } = sound
  for (const name of files.keys()) {
    const without = new Map(files)
    without.delete(name)
    refused(writeTarFiles(without), key, `${name} left out`)
  }
  const problemsOf = (changed: Iterable<readonly [string, Buffer]>) =>
    verifyBundle(writeTarFiles(changed), key).problems.join('\n')
  assert.match(
    problemsOf([...files, ['entries/0.json', Buffer.from('{}')]]),
    /entries\/0\.json is not in the manifest/,
  )
  assert.match(problemsOf([...files, ['README.txt', Buffer.from('x')]]), /README\.txt stands twice/)
  for (const name of [
    '../evil',
    '/etc/passwd',
    'entries/../../evil',
    'entries/1.json/..',
    'C:\\evil',
    'notes.txt',
  ])
    assert.match(problemsOf([[name, Buffer.from('x')], ...files]), /does not belong into a bundle/)
  assert.match(problemsOf([...files].filter(([name]) => name !== `entries/${index}.json`)), /is missing/)
})

test('a link, a folder or another kind of member is refused', async (context) => {
  const { bytes, key } = await openSound(context)
  for (const type of ['1', '2', '5', 'x', 'g', 'L']) {
    const changed = Buffer.from(bytes)
    changed.write(type, 156, 'latin1')
    const sum = Buffer.from(changed.subarray(0, tarBlockBytes)).fill(' ', 148, 156)
    changed.write(
      `${sum
        .reduce((total, byte) => total + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
      'latin1',
    )
    refused(changed, key, `type ${type}`)
  }
})

test('whoever has no key of the log cannot change anything and sign it', async (context) => {
  const sound = await openSound(context)
  const other = await openBundleTest(context)
  const foreign = signedAgain({ ...sound, opened: other }, sound.files)
  assert.match(
    verifyBundle(foreign, sound.key).problems.join('\n'),
    /manifest\.note was not signed by the key/,
  )
  const files = readTarFiles(foreign)
  files.set('log.vkey', Buffer.from(`${other.evidence.verifierKey}\n`))
  const swapped = writeTarFiles(files)
  assert.match(
    verifyBundle(swapped, sound.key).problems.join('\n'),
    /signed with another key than the one given/,
  )
  assert.equal(verifyBundle(swapped).ok, false, 'also without a key from outside')
})

test('abuse case 38: whoever has the key of the log cannot change an entry of the tree in a bundle', async (context) => {
  const sound = await openSound(context)
  const { index, key } = sound
  const problemsOf = (changed: Map<string, Buffer>): string =>
    verifyBundle(signedAgain(sound, changed), key).problems.join('\n')
  assert.equal(problemsOf(sound.files), '', 'signing again what is unchanged is sound')
  const header = changedFile(sound, `entries/${index}.json`, (text) => text.replace('"internal"', '"public"'))
  assert.match(problemsOf(header), new RegExp(`entry ${index} is not proven to be in the log`))
  const proof = changedFile(sound, `proofs/${index}.tlog-proof`, (text) =>
    text.replace(/^[\w+/]{43}=\n/m, ''),
  )
  assert.match(problemsOf(proof), /is not proven/)
  const moved = changedFile(sound, `entries/${index}.json`, (text) =>
    text.replace(`"index":${index}`, `"index":${index + 7}`),
  )
  assert.match(problemsOf(moved), /is not the header of entry/)
  const sealed = changedFile(sound, `contents/${index}.sealed`, (text) => `${text.slice(0, -1)}x`)
  assert.match(problemsOf(sealed), /is not what the header of entry \d+ commits to/)
  const checkpoint = changedFile(sound, 'checkpoint', (text) => text.replace(/\n\d+\n/, '\n999\n'))
  assert.match(problemsOf(checkpoint), /checkpoint is not signed by the key/)
  for (const name of [`entries/${index}.json`, `entries/${index + 1}.json`, `proofs/${index}.tlog-proof`]) {
    const without = new Map(sound.files)
    without.delete(name)
    assert.notEqual(problemsOf(without), '', `${name} left out and signed`)
  }
})

test('a record that is not the one that was decided about is told', async (context) => {
  const sound = await openSound(context)
  const record = { kind: 'use-case', id: 'support', hash: '00', hashed: 'x' }
  const decision = {
    kind: 'use-case',
    id: 'support',
    hash: '00',
    receipt: `${sound.opened.evidence.origin}#1`,
  }
  const grounds = Buffer.from(JSON.stringify({ records: [record], decisions: [decision] }))
  const { problems } = verifyBundle(
    signedAgain(sound, new Map(sound.files).set('grounds.json', grounds)),
    sound.key,
  )
  assert.match(problems.join('\n'), /use-case\/support is not the one its hash is of/)
  assert.match(problems.join('\n'), /the decision .*#1 about use-case\/support is not in the log/)
})

test('what is no bundle at all is refused and never thrown over', async (context) => {
  const sound = await openSound(context)
  const { key, files } = sound
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.alloc(1_024),
    Buffer.alloc(5_000, 'x'),
    Buffer.from('PK\u0003\u0004'),
  ])
    refused(bytes, key, 'no bundle')
  const wrong = [
    '',
    'null',
    '[]',
    '{',
    '{"files":null}',
    '{"files":[null],"entries":[],"missing":[]}',
    '\u0000',
  ]
  for (const name of files.keys()) {
    for (const text of wrong) {
      const changed = new Map(files).set(name, Buffer.from(text))
      refused(writeTarFiles(changed), key, `${name}: ${text}`)
      // The words for people are the company's own; the manifest is made anew when it is signed again.
      if (name === 'README.txt' || name.startsWith('manifest.')) continue
      refused(signedAgain(sound, changed), key, `${name}, signed: ${text}`)
    }
  }
})
