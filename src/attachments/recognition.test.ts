import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { findRecognition, languagesOf, readLanguages } from './recognition.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-recognition-'))
after(() => rmSync(folder, { recursive: true }))

function program(name: string, script: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('a program is found by its path, and on the path of the process; one that is not there is none', async () => {
  const path = program('here', 'true')
  assert.equal(await findRecognition(path), path)
  assert.equal((await findRecognition('sh')) === null, false)
  assert.equal(await findRecognition(join(folder, 'gone')), null)
  assert.equal(await findRecognition('no-such-program-of-anybody'), null)
  assert.equal(await findRecognition(null), null)
})

test('languages are those it lists: usual ones first, no models that read no words, and six at most', () => {
  assert.deepEqual(readLanguages('List of available languages in "/x/" (3):\njpn\nosd\ndeu\n'), [
    'deu',
    'jpn',
  ])
  assert.deepEqual(readLanguages('afr\namh\nara\nchi_sim\nequ\neng\nfra\ndeu\nswe'), [
    'eng',
    'deu',
    'fra',
    'afr',
    'amh',
    'ara',
  ])
  assert.deepEqual(readLanguages('-l\neng;rm\n../eng\n'), [])
})

test('a program that lists nothing, too much or not in time has no languages, and is asked again', async () => {
  assert.deepEqual(await languagesOf(program('mute', 'exit 1'), 5_000), [])
  assert.deepEqual(await languagesOf(program('loud', 'exec yes eng'), 5_000), [])
  assert.deepEqual(await languagesOf(program('slow', 'exec sleep 60'), 50), [])
  assert.deepEqual(await languagesOf(join(folder, 'gone'), 5_000), [])
  const path = program('later', 'exit 1')
  assert.deepEqual(await languagesOf(path, 5_000), [])
  program('later', 'echo eng')
  assert.deepEqual(await languagesOf(path, 5_000), ['eng'])
  program('later', 'exit 1')
  assert.deepEqual(await languagesOf(path, 5_000), ['eng'])
})
