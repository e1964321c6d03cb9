import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import { type Sallyport, startSallyport } from '#/main.ts'

/** Checkpoints in a second place, from the settings file on: a whole Sallyport put back from yesterday does not start. */

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-copies-'))
  await mkdir(join(folder, 'mount'))
  await writeFile(join(folder, 'sallyport.yaml'), 'audit: { checkpointCopies: [mount] }\n')
})
after(() => rm(folder, { recursive: true, force: true }))

const said: LogLine[] = []
const start = (data: string): Promise<Sallyport> =>
  startSallyport({
    environment: {
      PORT: '0',
      SALLYPORT_DATA: join(folder, data),
      SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
    },
    print: () => undefined,
    writeLine: (line) => said.push(line),
  })

const health = async ({ url }: Sallyport): Promise<unknown> => (await fetch(`${url}/health/ready`)).json()

test("yesterday's copy of the whole data folder does not start, today's does", async () => {
  await (await start('data')).stop()
  await cp(join(folder, 'data'), join(folder, 'yesterday'), { recursive: true })
  await (await start('data')).stop()
  await assert.rejects(start('yesterday'), /a signed checkpoint says \d+ \(.*mount.*put back a sound copy/s)
  await (await start('data')).stop()
})

test('a place that fails is said once and shown, and nothing stops', async () => {
  const sallyport = await start('data')
  said.length = 0
  await rm(join(folder, 'mount'), { recursive: true })
  const { audit } = sallyport
  for (let round = 0; round < 2; round++) {
    const { index } = await audit.append({ kind: 'record', facts: { about: `round-${round}` } })
    await audit.tree.prove(index)
  }
  for (let tries = 0; tries < 100 && said.length === 0; tries++) await new Promise((go) => setTimeout(go, 10))
  assert.deepEqual(
    said.map(({ level, what }) => [level, what.replace(/ in .* is/, ' is')]),
    [['error', 'the copy of the checkpoint is not kept']],
  )
  assert.deepEqual(await health(sallyport), {
    ready: true,
    log: 'alive',
    checkpoints: 'current',
    checkpointCopies: 'failing',
  })
  await sallyport.stop()
  await assert.rejects(start('data'), /audit\.checkpointCopies: the folder .*mount cannot be used/)
})
