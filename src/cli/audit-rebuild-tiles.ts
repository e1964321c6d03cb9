import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const auditRebuildTiles: Command = {
  usage: '',
  about:
    'Makes the tiles of the log anew out of its segments, beside those there are, and puts them in their place. They are what proofs are made of, and derived: nothing is lost with them. Goes on while Sallyport serves.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    asked.world.complain('Making the tiles anew ...\n')
    const { entries } = (await callSallyport(asked.world, 'audit.rebuild-tiles', {})) as { entries: number }
    await asked.tell({ entries }, `The tiles of ${entries} entries are made.`)
    return exitCodes.ok
  },
}
