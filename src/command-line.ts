import { runCli } from '#/cli/main.ts'
import { openProcessWorld } from '#/cli/process-world.ts'

/** The command line. The wiring is loaded only by a command that finds no server running: the others start faster. */
const world = openProcessWorld(async (settings) => (await import('#/main.ts')).openLocal(settings))
process.exitCode = await runCli(process.argv.slice(2), world)
