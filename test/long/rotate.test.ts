import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openSealingKeys } from '#/sealing/keys.ts'

/** Rotations under load, killed anywhere: no key that was given out may be lost. */

const rounds = 60
const folder = await mkdtemp(join(tmpdir(), 'sallyport-rotate-'))
after(() => rm(folder, { recursive: true, force: true }))

const rotating = `
  import { openSealingKeys } from '#/sealing/keys.ts'
  const keys = await openSealingKeys({ folder: process.argv[1] })
  const hooks = { tell: async () => undefined }
  const round = process.argv[2]
  await keys.finishRotation(hooks)
  await keys.destroyRetired(hooks)
  process.stdout.write('ready\\n')
  let made = 0
  const seal = () => {
    const { commitment, key } = keys.sealing(round + '-' + made++, '2026-11')
    process.stdout.write(commitment + ' ' + key.export().toString('hex') + '\\n')
    setImmediate(seal)
  }
  seal()
  for (;;) {
    await keys.rotate(hooks)
    await keys.destroyRetired(hooks)
  }
`

test(`a process that rotates without pause is killed ${rounds} times, and every key it gave out still opens`, async () => {
  const given = new Map<string, string>()
  let versions = 0
  for (let round = 0; round < rounds; round++) {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '--eval', rotating, '--', folder, String(round)],
      {
        cwd: join(import.meta.dirname, '..', '..'),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const lines = createInterface({ input: child.stdout })
    const ended = once(child, 'exit')
    let isReady = false
    const reading = (async () => {
      for await (const line of lines) {
        if (line === 'ready') isReady = true
        const [commitment, key] = line.split(' ')
        // The last line may be cut off by the kill.
        if (commitment?.length === 64 && key?.length === 64) given.set(commitment, key)
      }
    })()
    while (!isReady && child.exitCode === null) await pause(2)
    await pause(((round * 17) % 120) + 1)
    child.kill('SIGKILL')
    await Promise.all([ended, reading])
    assert.ok(isReady, `round ${round} did not start`)
  }
  const keys = await openSealingKeys({ folder })
  try {
    const lost = [...given].filter(
      ([commitment, key]) => keys.opening(commitment)?.export().toString('hex') !== key,
    )
    assert.deepEqual(lost, [])
    versions = keys.inventory().version
  } finally {
    keys.close()
  }
  assert.ok(given.size >= rounds, `${given.size} keys`)
  // Most rounds are killed amid a rotation, and some must get through one, or the kills prove little.
  assert.ok(versions >= 10, `${versions} versions`)
})
