import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { TaskAnswer } from '#/gateway/tasks/api.ts'
import { writeSignIn } from './sign-in/sign-in-file.ts'
import { type Ran, run } from './test-world.ts'

/** A Sallyport that lists one task and answers what a test says. */
const asked: { readonly headers: unknown; readonly body: string }[] = []
let status = 200
let answered: object = {}
const view = {
  id: 'translate',
  title: 'Translate',
  inputs: [
    { name: 'text', kind: 'text', maxCharacters: 10 },
    { name: 'language', kind: 'choice', of: ['French', 'German'] },
  ],
}
const answer: TaskAnswer = {
  answer: 'Bon\u001bjour',
  isComplete: true,
  useCase: 'translate',
  offering: 'west',
  class: 'public',
  changedValues: 0,
  needsReview: true,
  notice: null,
  receipt: 'sallyport.local#4',
  requestId: 'r',
}
const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const isList = request.method === 'GET'
    if (!isList) asked.push({ headers: request.headers, body: Buffer.concat(pieces).toString() })
    response.writeHead(isList ? 200 : status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isList ? { tasks: [view] } : answered))
  })
})
let home: string

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  home = await mkdtemp(join(tmpdir(), 'sallyport-home-'))
  await writeSignIn(
    { XDG_CONFIG_HOME: home },
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      email: 'ada@example.com',
      accessToken: 'made-up',
      accessEndsAt: Date.parse('2030-01-01'),
      refreshToken: 'made-up',
    },
  )
})
after(async () => {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  await rm(home, { recursive: true })
})

const sallyport = (argv: readonly string[], input = ''): Promise<Ran> => {
  asked.length = 0
  status = 200
  answered = answer
  return run(['task', ...argv], { environment: { XDG_CONFIG_HOME: home }, input })
}

test('without a name the open tasks are listed with what they take', async () => {
  const { exitCode, out } = await sallyport([])
  assert.equal(exitCode, 0)
  assert.match(out, /translate: Translate\n {2}text: a text of 10 .*\n {2}language: French, German/)
})

test('inputs come from words, a file and standard input; the answer goes out without what steers a terminal', async () => {
  const { exitCode, out, err } = await sallyport(['translate', 'language=French', '--mask'], 'Hello')
  assert.equal(exitCode, 0, err)
  assert.doesNotMatch(out, /\u001b/)
  assert.match(out, /^Bon.*jour\n$/)
  assert.match(err, /A person must check it before it is used\.\nBy west, receipt sallyport\.local#4/)
  assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), { inputs: { text: 'Hello', language: 'French' } })
  const headers = asked[0]?.headers as Record<string, string>
  assert.equal(headers['authorization'], 'Bearer made-up')
  assert.equal(headers['x-sallyport-remedy'], 'mask')
  const path = join(home, 'letter.txt')
  await writeFile(path, 'Letter')
  await sallyport(['translate', 'language=German', '--file', `text=${path}`, '--json', '--class', 'internal'])
  assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), {
    inputs: { text: 'Letter', language: 'German' },
    class: 'internal',
  })
})

const wrongs: readonly (readonly [string, readonly string[], string])[] = [
  ['an input that is missing', ['translate', 'text=a'], 'language is missing'],
  ['an input the task does not take', ['translate', 'tone=a'], 'it takes text, language, and no tone'],
  ['a word that is no input', ['translate', 'French'], 'INPUT=VALUE'],
  ['an input twice', ['translate', 'text=a', 'text=b'], 'twice'],
]
for (const [what, argv, sentence] of wrongs) {
  test(`${what} is said before anything is asked`, async () => {
    const { exitCode, err } = await sallyport(argv)
    assert.equal(exitCode, 2, err)
    assert.ok(err.includes(sentence), err)
    assert.equal(asked.length, 0)
  })
}

test('a text that is longer than the task takes is not read to its end', async () => {
  const { exitCode, err } = await sallyport(['translate', 'language=French'], 'x'.repeat(41))
  assert.equal(exitCode, 2)
  assert.match(err, /longer than 10 characters/)
})

test('a refusal is told with what works now, and is exit code 1', async () => {
  const running = sallyport(['translate', 'language=French', 'text=a'])
  status = 400
  answered = {
    error: {
      code: 'finding-blocked',
      message: 'A key stands in it.',
      remedies: [{ id: 'x', text: 'Take it out.' }],
    },
  }
  const { exitCode, err } = await running
  assert.equal(exitCode, 1)
  assert.match(err, /A key stands in it\. Take it out\./)
  assert.equal((await sallyport(['other'])).exitCode, 1)
})
