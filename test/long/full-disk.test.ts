import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { newFolder, seededRandom } from '#/audit/log-for-tests.ts'
import { assertAllKept, assertSound, type Kept, startLogProcess } from '../support/log-process.ts'

/**
 * The disk is full at any page of any file, and nothing watches the space or gives up a ballast: what `space.test.ts` shows
 * of the whole gateway is taken away here. Writes fail or are cut short; the log ends, and nothing promised is lost.
 */

const skip = process.getuid?.() === 0 ? false : 'mounting small disks needs root'
const disks = 15
const work = {
  producers: 4,
  exchanges: Number.MAX_SAFE_INTEGER,
  textBytes: 3_000,
  options: { segmentBytes: 64 * 1_024 },
}

test(`${disks} disks of other sizes get full: the log ends, refuses, loses nothing, and goes on once there is room`, {
  skip,
}, async (context) => {
  const random = seededRandom(5)
  const parent = await newFolder(context)
  const mounted: string[] = []
  const unmountAll = (): void => {
    for (const disk of mounted.splice(0)) execFileSync('umount', ['-l', disk])
  }
  context.after(unmountAll)
  let promised = 0
  for (let number = 0; number < disks; number++) {
    const disk = join(parent, String(number))
    await mkdir(disk)
    const kibibytes = 400 + 4 * random(200)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', disk], { stdio: 'pipe' })
    } catch (error) {
      return context.skip(`no small disk can be mounted here: ${(error as Error).message.split('\n')[0]}`)
    }
    mounted.push(disk)
    const when = `a disk of ${kibibytes} KiB`
    const kept: Kept = new Map()
    const filling = await startLogProcess(context, disk, work, kept)
    filling.go()
    assert.equal(await filling.ended, 0, filling.said.join('; '))
    assert.ok(filling.said.includes('refused log-unavailable'), `${when}: ${filling.said.join('; ')}`)
    assert.ok(filling.said.includes('dead'), `${when}: ${filling.said.join('; ')}`)
    await assertSound(disk, kept, when)
    execFileSync('mount', ['-o', 'remount,size=4m', disk])
    await assertAllKept(disk, kept, when)
    promised += kept.size
    unmountAll()
  }
  context.diagnostic(`${promised} entries promised`)
  assert.ok(promised > disks * 20, `${promised} entries`)
})
