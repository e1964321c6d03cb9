import { explainSettings, formatExplained } from '#/settings/explain.ts'
import { traceSettings } from '#/settings/read.ts'
import { type Command, exitCodes } from './command.ts'

export const settingsExplain: Command = {
  usage: '',
  about:
    'Shows every setting in force and where it came from: a default, a line of the settings file, or an environment variable. Secrets are shown as references. Reads nothing but the settings.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const explained = explainSettings(traceSettings(asked.world.environment))
    await asked.tell({ settings: explained }, formatExplained(explained))
    return exitCodes.ok
  },
}
