import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { end, type Running, startProcess } from '../support/process.ts'

/** What the README tells a newcomer to type does what it says, in the order it stands there. */

const root = join(import.meta.dirname, '..', '..')
let folder: string
let running: Running
let environment: NodeJS.ProcessEnv

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-readme-'))
  environment = { ...process.env, SALLYPORT_DATA: join(folder, 'data'), PORT: '0' }
  running = await startProcess(environment)
})
after(async () => {
  await end(running)
  await rm(folder, { recursive: true, force: true })
})

interface Block {
  readonly language: string
  readonly text: string
}

/** Blocks of code marked with `run`. */
async function readBlocks(): Promise<readonly Block[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```(sh|js) run\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language: language as string,
    text: (text as string).replaceAll('127.0.0.1:8787', `127.0.0.1:${running.port}`),
  }))
}

/** Both languages in one shell, so that what one block exports the next has. */
const scriptOf = ({ language, text }: Block): string =>
  language === 'sh' ? text : `node --input-type=module <<'END'\n${text}END\n`

test('the blocks of the README run, one after the other, and show what they promise', async () => {
  const blocks = await readBlocks()
  assert.ok(blocks.length >= 3)
  const script = `set -e\n${blocks.map(scriptOf).join('printf "\\n=====\\n"\n')}`
  const path = `${dirname(process.execPath)}:${process.env.PATH}`
  const { stdout, stderr, code } = await new Promise<{ stdout: string; stderr: string; code: unknown }>(
    (resolve) => {
      execFile(
        'bash',
        ['-c', script],
        { cwd: root, env: { ...environment, PATH: path } },
        (error, out, err) => resolve({ stdout: out, stderr: err, code: error?.code ?? 0 }),
      )
    },
  )
  assert.equal(code, 0, `${stdout}\n${stderr}`)
  const [curl = '', stream = '', proof = ''] = stdout.split('\n=====\n')
  const answer = JSON.parse(curl) as { choices: { message: { content: string } }[] }
  for (const text of [answer.choices[0]?.message.content ?? '', stream]) {
    assert.match(text, /EMAIL·[0-9a-z]{10}/)
    assert.match(text, /ines\.halvard@example\.com/)
  }
  assert.match(proof, /you@example\.com/)
  assert.match(proof, /^OK {2}sallyport\.local/m)
})
