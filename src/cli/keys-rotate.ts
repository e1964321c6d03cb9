import { resolve } from 'node:path'
import { printable } from '#/audit/printable.ts'
import type { KeyStatus } from '#/sealing/api.ts'
import type { HowRotated } from '#/sealing/keeper.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'
import { formatStatus } from './keys-status.ts'

export const keysRotate: Command = {
  usage: '[--from-copy FILE] [--give-up-damaged]',
  about:
    'Makes a new version of the key of keys, wraps every living key anew and destroys the old version. What was erased before opens from no older copy of data-keys.db after that; take a new copy of keys/ at once, the older ones open nothing any more. Can be stopped at any moment: the next start goes on with it. While a key is damaged the old version stays, and the exit code is 1.',
  options: {
    'from-copy': { value: 'FILE', about: 'takes keys that are damaged from this copy of data-keys.db' },
    'give-up-damaged': {
      about: 'forgets keys that are damaged: what was sealed with them opens never again',
    },
  },
  words: [0, 0],
  run: async (asked) => {
    asked.world.complain('Wrapping all living keys anew ...\n')
    const copy = asked.option('from-copy')
    const how: HowRotated = {
      givesUpDamaged: asked.isSet('give-up-damaged'),
      ...(copy === undefined ? {} : { soundCopy: resolve(copy) }),
    }
    const status = (await callSallyport(asked.world, 'keys.rotate', { by: askedBy(), ...how })) as KeyStatus
    await asked.tell(status, formatStatus(status, asked.world.now()).map(printable).join('\n'))
    return status.problems.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}
