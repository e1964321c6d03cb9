import type { ControlHandlers } from '#/core/control-socket.ts'
import type { FirstRun } from './first-run.ts'

/** What the command line asks; what it agrees to is written with `apply`. */
export const firstRunHandlers = (firstRun: FirstRun): ControlHandlers => ({
  'first-run.view': async () => firstRun.view(undefined),
  'first-run.plan': (answers: unknown) => firstRun.plan(answers),
})
