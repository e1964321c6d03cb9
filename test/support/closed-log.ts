import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { folderOf, newFolder, openIn } from '#/audit/log-for-tests.ts'

export interface ClosedLog {
  readonly folder: string
  readonly key: string
  readonly proof: string
  readonly older: string
  readonly newer: string
}

export async function closedLog(context: TestContext): Promise<ClosedLog> {
  const folder = await newFolder(context)
  const { log, keys, close } = await openIn(folder)
  const some = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        log.append({
          kind: 'record',
          subject: 'person-1',
          facts: { about: `record-${at}` },
          payload: `text ${at}`,
        }),
      ),
    )
  await some(120)
  const proof = await log.tree.prove(7)
  const older = log.checkpoint() ?? assert.fail('no checkpoint')
  await some(200)
  await close()
  const newer = log.checkpoint() ?? assert.fail('no checkpoint')
  return { folder: folderOf(folder), key: keys.verifierKey, proof, older, newer }
}
