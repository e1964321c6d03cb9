import { printable } from '#/audit/printable.ts'
import type { KeyStatus } from '#/sealing/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const keysStatus: Command = {
  usage: '',
  about:
    'Shows the key of keys: where it comes from, who keeps it closed, its version and age, when it is rotated next, and how many living keys there are for each month. The exit code is 1 while the keys are closed or something waits.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const status = (await callSallyport(asked.world, 'keys.status', {})) as KeyStatus
    const json = { ...status, erasure: erasureOf(status) }
    await asked.tell(json, formatStatus(status, asked.world.now()).map(printable).join('\n'))
    return status.isOpen && status.problems.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}

const dayMs = 86_400_000

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)

const guards: Readonly<Record<string, string>> = {
  nobody: 'lies unsealed in keys/kek, readable for its owner only: name a passphrase with keys.passphrase',
  passphrase: 'sealed with a passphrase',
  vault: 'sealed by Vault or OpenBao',
  'aws-kms': 'sealed by AWS KMS',
}

const erasureOf = ({ rotateEveryDays, guard }: KeyStatus): string => {
  const after = guard === 'vault' ? 'then nowhere' : 'then only together with an older copy of keys/kek'
  return `What is erased today opens from older copies of data-keys.db until the next rotation, at most ${rotateEveryDays} days; ${after}.`
}

export function formatStatus(status: KeyStatus, now: number): readonly string[] {
  const { source, guard, version, madeAtMs, nextRotationMs, rotateEveryDays, months } = status
  const age = Math.max(0, Math.floor((now - madeAtMs) / dayMs))
  const waiting = status.notYetDestroyed.join(', ')
  return [
    `${status.isOpen ? 'OPEN' : 'CLOSED: the key service does not answer'}`,
    `  source    ${source}; ${guards[guard] ?? guard}`,
    `  version   ${version}, made ${dayOf(madeAtMs)}, ${age} days old`,
    `  rotation  ${dayOf(nextRotationMs)}, every ${rotateEveryDays} days`,
    `  erasure   ${erasureOf(status)}`,
    `  living    ${months.reduce((sum, { keys }) => sum + keys, 0)} keys`,
    ...months.map(({ month, people, keys }) => `            ${month}  ${keys} keys of ${people} people`),
    ...(waiting === '' ? [] : [`  waits     version ${waiting} is out of use and not destroyed yet`]),
    ...status.problems.map((problem) => `  PROBLEM   ${problem}`),
  ]
}
