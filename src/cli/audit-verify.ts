import { resolve } from 'node:path'
import { findKeys, findLogs } from '#/audit/folders.ts'
import { openLogKeys } from '#/audit/keys.ts'
import { printable } from '#/audit/printable.ts'
import { type Verified, type VerifyOptions, verifyFolder } from '#/audit/verify.ts'
import { createKeyGuards } from '#/sealing/guards/index.ts'
import { keySecretsOf } from '#/settings/credentials.ts'
import { readSettings } from '#/settings/read.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'

export const auditVerify: Command = {
  usage: '[DIR] [--key VKEY] [--open]',
  about:
    'Checks every log in a folder, offline: frames, hashes, the signed checkpoint, intents against outcomes, payloads. DIR is a data folder, its audit folder or the folder of one log; the data folder of the settings when left out. The exit code is 0 when all is well and 1 when something is wrong.',
  options: {
    key: {
      value: 'VKEY',
      about: 'the verifier key of the log, noted elsewhere: also catches a replaced key',
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
    const text = results.flatMap(({ folder: log, verified }) => summarise(log, verified)).map(printable)
    const json = { ok, logs: results.map(({ folder: log, verified }) => ({ folder: log, ...verified })) }
    await asked.tell(json, text.join('\n'))
    return ok ? exitCodes.ok : exitCodes.refused
  },
}

async function verifyLog(log: string, asked: Asked): Promise<Verified> {
  const key = asked.option('key')
  const pinned: VerifyOptions = key === undefined ? {} : { verifierKey: key }
  const verified = await verifyFolder(log, pinned)
  if (!asked.isSet('open')) return verified
  const folder = await findKeys(log)
  if (folder === undefined || verified.origin === undefined) {
    throw new Error(
      `the payloads of ${log} cannot be opened: the keys folder or a valid checkpoint is missing`,
    )
  }
  const { environment } = asked.world
  const guards = createKeyGuards(readSettings(environment).keys, keySecretsOf(environment))
  const keys = await openLogKeys({ folder, origin: verified.origin, isReadOnly: true, guards })
  try {
    return await verifyFolder(log, { ...pinned, keys })
  } finally {
    keys.close()
  }
}

function summarise(log: string, verified: Verified): readonly string[] {
  const { entries, checkpointSize, notYetSigned, openIntents, payloads, payloadsOpened } = verified
  const unlisted = verified.problemCount - verified.problems.length
  return [
    `${verified.ok ? 'OK' : 'NOT OK'}  ${verified.origin ?? log}`,
    `  entries ${entries}, signed ${checkpointSize ?? 0}, not yet signed ${notYetSigned}`,
    `  root ${verified.root}`,
    `  payloads ${payloads}${payloadsOpened > 0 ? `, opened ${payloadsOpened}` : ''}`,
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
