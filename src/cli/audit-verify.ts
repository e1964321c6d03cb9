/**
 * `sallyport audit verify [DIR] [--key VKEY] [--open] [--json]`: checks the logs in a folder offline.
 * Exit code 0 when all is well, 1 when something is wrong with a log, 2 when the command is.
 */
import { parseArgs } from 'node:util'
import { findKeys, findLogs } from '#/audit/folders.ts'
import { type LogKeys, openLogKeys } from '#/audit/keys.ts'
import { printable, printableJson } from '#/audit/printable.ts'
import { openPayload } from '#/audit/read.ts'
import { type Verified, verifyFolder } from '#/audit/verify.ts'

export interface Output {
  readonly out: (line: string) => void
  readonly error: (line: string) => void
}

const usage = `Usage: sallyport audit verify [DIR] [--key VKEY] [--open] [--json]
  DIR     the data folder, its audit folder, or the folder of one log
  --key   the log's verifier key, noted elsewhere: also catches a replaced key
  --open  also open every payload; needs keys/ of the data folder
  --json  one line of JSON per log`

/** `args` are those after `audit verify`; `dataFolder` is used when no DIR is given. */
export async function run(args: readonly string[], output: Output, dataFolder: string): Promise<number> {
  const asked = readArguments(args, dataFolder)
  if (typeof asked === 'string') {
    output.error(asked)
    output.error(usage)
    return 2
  }
  const logs = await findLogs(asked.folder)
  if (logs.length === 0) {
    output.error(`There is no log in ${printable(asked.folder)}.`)
    return 2
  }
  let areAllSound = true
  for (const log of logs) {
    const verified = await verifyLog(log, asked)
    if (typeof verified === 'string') {
      output.error(verified)
      return 2
    }
    areAllSound &&= verified.ok
    if (asked.isJson) output.out(printableJson({ folder: log, ...verified }))
    else for (const line of summarise(log, verified)) output.out(printable(line))
  }
  return areAllSound ? 0 : 1
}

interface Asked {
  readonly folder: string
  readonly verifierKey: string | undefined
  readonly isOpening: boolean
  readonly isJson: boolean
}

function readArguments(args: readonly string[], dataFolder: string): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: { type: 'string' }, open: { type: 'boolean' }, json: { type: 'boolean' } },
    })
    if (positionals.length > 1) return 'Name one folder at most.'
    return {
      folder: positionals[0] ?? dataFolder,
      verifierKey: values.key,
      isOpening: values.open ?? false,
      isJson: values.json ?? false,
    }
  } catch (error) {
    return printable((error as Error).message)
  }
}

/** A string says why it cannot be done. */
async function verifyLog(log: string, asked: Asked): Promise<Verified | string> {
  const pinned = asked.verifierKey === undefined ? {} : { verifierKey: asked.verifierKey }
  if (!asked.isOpening) return verifyFolder(log, pinned)
  const folder = await findKeys(log)
  const { origin } = await verifyFolder(log, pinned)
  if (folder === undefined || origin === undefined)
    return 'The payloads cannot be opened: keys/ or the checkpoint is missing.'
  let keys: LogKeys
  try {
    keys = await openLogKeys({ folder, origin, isReadOnly: true })
  } catch (error) {
    return `The payloads cannot be opened: ${printable((error as Error).message)}`
  }
  try {
    return await verifyFolder(log, {
      ...pinned,
      openPayload: async (header) => (await openPayload(log, header, keys)) !== undefined,
    })
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
