import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { NamedText } from '#/audit/claims.ts'
import { findKeys, findLogs } from '#/audit/folders.ts'
import { printable } from '#/audit/printable.ts'
import { type Verified, type VerifyOptions, verifyFolder } from '#/audit/verify.ts'
import { readSettings } from '#/settings/read.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'
import { openKeysToRead } from './open-keys.ts'

export const auditVerify: Command = {
  usage: '[DIR] [--key VKEY] [--open] [--since CHECKPOINT] [--proof FILE]',
  about:
    'Checks every log in a folder, offline: frames, hashes, the signed checkpoint, tiles against segments, intents against outcomes, time, payloads. DIR is a data folder, its audit folder or the folder of one log; the data folder of the settings when left out. The exit code is 0 when all is well and 1 when something is wrong.',
  options: {
    key: {
      value: 'VKEY',
      about: 'the verifier key of the log, noted elsewhere: also catches a replaced key',
    },
    since: {
      value: 'CHECKPOINT',
      about: 'a checkpoint kept elsewhere: the log must go on from it. More than one with commas between',
    },
    proof: {
      value: 'FILE',
      about: 'a .tlog-proof given out earlier: it must hold of this log. More than one with commas between',
    },
    open: {
      about:
        'also open every payload; needs the keys of the data folder, and the settings that say who guards them',
    },
  },
  words: [0, 1],
  run: async (asked) => {
    const folder = resolve(asked.words[0] ?? readSettings(asked.world.environment).dataFolder)
    const logs = await findLogs(folder)
    if (logs.length === 0) throw new UsageError(`there is no log in ${printable(folder)}`)
    const results: { readonly folder: string; readonly verified: Verified }[] = []
    for (const log of logs) results.push({ folder: log, verified: await verifyLog(log, asked) })
    const ok = results.every(({ verified }) => verified.ok)
    const isOpen = asked.isSet('open')
    const text = results
      .flatMap(({ folder: log, verified }) => summarise(log, verified, isOpen))
      .map(printable)
    const json = { ok, logs: results.map(({ folder: log, verified }) => ({ folder: log, ...verified })) }
    await asked.tell(json, text.join('\n'))
    return ok ? exitCodes.ok : exitCodes.refused
  },
}

async function verifyLog(log: string, asked: Asked): Promise<Verified> {
  const key = asked.option('key')
  const pinned: VerifyOptions = {
    ...(key === undefined ? {} : { verifierKey: key }),
    since: await readNamed(asked.option('since')),
    proofs: await readNamed(asked.option('proof')),
    onProgress: (entries) => asked.world.complain(`${entries} entries checked\n`),
  }
  const verified = await verifyFolder(log, pinned)
  if (!asked.isSet('open')) return verified
  const folder = await findKeys(log)
  if (folder === undefined || verified.origin === undefined) {
    throw new Error(
      `the payloads of ${log} cannot be opened: the keys folder or the key in log.vkey is missing`,
    )
  }
  const keys = await openKeysToRead(folder, verified.origin, asked.world)
  try {
    return await verifyFolder(log, { ...pinned, keys })
  } finally {
    keys.close()
  }
}

const readNamed = (paths: string | undefined): Promise<readonly NamedText[]> =>
  Promise.all(
    (paths?.split(',') ?? []).map(async (name) => ({
      name: printable(name),
      text: await readFile(name, 'utf8'),
    })),
  )

function summarise(log: string, verified: Verified, isOpen: boolean): readonly string[] {
  const { entries, ended, checkpointSize, notYetSigned, openIntents, payloads, payloadsOpened } = verified
  const unlisted = verified.problemCount - verified.problems.length
  return [
    `${verified.ok ? 'OK' : 'NOT OK'}  ${verified.origin ?? log}`,
    `  entries ${entries}${ended > 0 ? `, ended ${ended}` : ''}, signed ${checkpointSize ?? 0}, not yet signed ${notYetSigned}`,
    `  root ${verified.root}`,
    `  payloads ${payloads}${isOpen ? `, opened ${payloadsOpened}` : ''}`,
    ...(isOpen && verified.problemCount === 0 && payloadsOpened < payloads
      ? [
          `  note: ${payloads - payloadsOpened} cannot be opened any more: erased, or their keys are destroyed`,
        ]
      : []),
    ...(openIntents.length > 0 ? [`  intents without an outcome: ${shortList(openIntents)}`] : []),
    ...verified.notes.map((note) => `  note: ${note}`),
    ...verified.problems.map((problem) => `  PROBLEM: ${problem}`),
    ...(unlisted > 0 ? [`  PROBLEM: and ${unlisted} more`] : []),
  ]
}

const listedMax = 20

const shortList = (indexes: readonly number[]): string =>
  indexes.length <= listedMax
    ? indexes.join(', ')
    : `${indexes.slice(0, listedMax).join(', ')} and ${indexes.length - listedMax} more`
