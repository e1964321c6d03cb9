import assert from 'node:assert/strict'
import { appendFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FileSinkSettings } from '#/settings/api.ts'
import { newFolder } from '../../../log-for-tests.ts'
import { SinkFailure } from '../../api.ts'
import { formatted, surroundings } from '../test-around.ts'
import { fileSink } from './file.ts'

const around = surroundings()

const settingsOf = (path: string, more: Partial<FileSinkSettings> = {}): FileSinkSettings => ({
  ...{ kind: 'file', id: 'file', format: 'sallyport', from: 'beginning', people: false },
  ...{ path, maxBytes: 1024 * 1024, keep: 2 },
  ...more,
})

const idsIn = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id)

test('events stand one a line in a file only its owner reads, and go on behind those that are there', async (context) => {
  const path = join(await newFolder(context), 'out', 'log.jsonl')
  for (const first of [0, 3]) {
    const sink = fileSink.open(settingsOf(path), around)
    await sink.send(formatted(first, 3, around))
    await sink.settle()
    await sink.close()
  }
  assert.deepEqual(
    await idsIn(path),
    [0, 1, 2, 3, 4, 5].map((index) => `log.example.com/test#${index}`),
  )
  assert.equal((await stat(path)).mode & 0o777, 0o600)
})

test('a full file gets a number, the numbers move up, and the oldest goes', async (context) => {
  const folder = await newFolder(context)
  const path = join(folder, 'log.jsonl')
  const sink = fileSink.open(settingsOf(path, { maxBytes: 4_096 }), around)
  for (let first = 0; first < 120; first += 30) {
    await sink.send(formatted(first, 30, around))
    await sink.settle()
  }
  await sink.close()
  assert.deepEqual((await readdir(folder)).sort(), ['log.jsonl', 'log.jsonl.1', 'log.jsonl.2'])
  const firsts = await Promise.all(
    [path, `${path}.1`, `${path}.2`].map(async (each) => (await idsIn(each))[0]),
  )
  assert.deepEqual(
    firsts,
    [90, 60, 30].map((index) => `log.example.com/test#${index}`),
  )
})

test('a line a crash left unfinished is cut off before the next one', async (context) => {
  const path = join(await newFolder(context), 'log.jsonl')
  const first = fileSink.open(settingsOf(path), around)
  await first.send(formatted(0, 2, around))
  await first.close()
  await appendFile(path, `{"format":"sallyport-1","id":"${'x'.repeat(70_000)}`)
  const second = fileSink.open(settingsOf(path), around)
  await second.send(formatted(2, 1, around))
  await second.close()
  assert.equal((await idsIn(path)).length, 3)
})

test('what went into a file that somebody removed, moved or replaced has not arrived, and goes into a new one', async (context) => {
  for (const meddle of [
    (path: string) => rm(path),
    (path: string) => rename(path, `${path}.old`),
    async (path: string) => {
      await rm(path)
      await appendFile(path, '')
    },
  ]) {
    const path = join(await newFolder(context), 'log.jsonl')
    const sink = fileSink.open(settingsOf(path), around)
    await sink.send(formatted(0, 2, around))
    await meddle(path)
    await assert.rejects(sink.settle(), SinkFailure)
    await sink.send(formatted(0, 2, around))
    await sink.settle()
    await sink.close()
    assert.equal((await idsIn(path)).length, 2)
  }
})

test('a failure names the file and the reason', async (context) => {
  const path = join(await newFolder(context), 'log.jsonl')
  await mkdir(path)
  const sink = fileSink.open(settingsOf(path), around)
  await assert.rejects(sink.send(formatted(0, 1, around)), (error) => {
    assert.ok(error instanceof SinkFailure)
    assert.match(error.message, /^cannot write .*log\.jsonl \(EISDIR\)$/)
    return true
  })
})

test('a full disk is a failure, though Node tells of a short write only by its length', {
  skip: process.platform !== 'linux' && '/dev/full is of Linux',
}, async () => {
  const sink = fileSink.open(settingsOf('/dev/full'), around)
  await assert.rejects(sink.send(formatted(0, 1, around)), SinkFailure)
})
