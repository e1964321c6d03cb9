import { runCli } from '#/cli/main.ts'
import { openProcessWorld } from '#/cli/process-world.ts'

// Wiring the server costs a tenth of a second; only a command that finds none running pays it.
const world = openProcessWorld(async (settings) => (await import('./main.ts')).openLocal(settings))

process.exitCode = await runCli(process.argv.slice(2), world)
