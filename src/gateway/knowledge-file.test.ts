import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buildDocument, buildTable, type Knowledge } from '#/inspect/company/index.ts'
import {
  knowledgeHash,
  knowledgePath,
  openKnowledge,
  readKnowledge,
  writeKnowledge,
} from './knowledge-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'sallyport-knowledge-file-'))
after(() => rm(folder, { recursive: true }))

const knowledge: Knowledge = {
  tables: [
    buildTable(
      {
        name: 'customers',
        class: 'restricted',
        salt: 'a salt of some length',
        columns: ['Name', 'Number'],
        primary: 'Number',
        rows: [['Halvard', '4711-0815']],
      },
      knowledgeHash,
    ),
  ],
  documents: [buildDocument('plan', 'internal', 'one two three four five six seven eight '.repeat(4))],
  sourceCode: { packages: ['@acme/'], class: 'confidential' },
}

test('what is written is read back, and finds what it was made of', async () => {
  await writeKnowledge(knowledgePath(folder), knowledge)
  assert.deepEqual(await readKnowledge(knowledgePath(folder)), knowledge)
  assert.deepEqual(await readdir(folder), ['knowledge.json'])
  const matcher = await openKnowledge(folder)
  assert.equal(matcher?.find('4711-0815 is Halvard').length, 2)
})

test('without a file nothing is known', async () => {
  assert.equal(await openKnowledge(join(folder, 'nowhere')), undefined)
})

test('a file that is wrong ends the start with its place, and is never repeated', async () => {
  for (const content of ['secret words', '{"tables":"secret words","documents":[]}', '[]']) {
    await writeFile(knowledgePath(folder), content)
    await assert.rejects(openKnowledge(folder), (error: Error) => {
      assert.match(error.message, /is no knowledge file: .+ is wrong; make it with sallyport knowledge$/)
      return !error.message.includes('secret')
    })
  }
})
