import { printable } from '#/audit/printable.ts'
import type { KeyStatus } from '#/sealing/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'
import { formatStatus } from './keys-status.ts'

export const keysRotate: Command = {
  usage: '',
  about:
    'Makes a new version of the key of keys, wraps every living key anew and destroys the old version. What was erased before opens from no older copy of data-keys.db after that; take a new copy of keys/ at once, the older ones open nothing any more. Can be stopped at any moment: the next start goes on with it.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    asked.world.complain('Wrapping all living keys anew ...\n')
    const status = (await callSallyport(asked.world, 'keys.rotate', { by: askedBy() })) as KeyStatus
    await asked.tell(status, formatStatus(status, asked.world.now()).map(printable).join('\n'))
    return status.problems.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}
