import type { IndexState } from '#/audit/index/api.ts'
import { type CallHandler, withSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, type World } from './command.ts'

export const auditRebuildIndex: Command = {
  usage: '',
  about:
    'Drops the index of the log and builds it anew from the log; exchanges go on meanwhile. Nothing is lost by it: the index holds nothing that the log does not say. Searches wait, or are refused, until it is there.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const state = await withSallyport(asked.world, (call) => rebuild(call, asked.world))
    await asked.tell(state, `the index holds all ${state.entries} entries`)
    return exitCodes.ok
  },
}

/** Comes to what was there when it was asked for: a log that is being written would never be reached. */
async function rebuild(call: CallHandler, world: World): Promise<IndexState> {
  const begun = (await call('audit.index-rebuild', {})) as IndexState
  const startedAt = world.now()
  for (;;) {
    const { indexed, problem } = (await call('audit.index-state', {})) as IndexState
    if (problem !== undefined) throw new Error(`the index cannot be built: ${problem}`)
    const seconds = Math.max(1, world.now() - startedAt) / 1_000
    world.complain(`${indexed} of ${begun.entries} entries, ${Math.round(indexed / seconds)} a second\n`)
    if (indexed >= begun.entries) return { indexed, entries: begun.entries, problem }
  }
}
