import { printable } from '#/audit/printable.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const auditExportTest: Command = {
  usage: 'ID',
  about:
    'Sends one event that is no entry of the log to a sink of the settings, and tells whether it arrived. What is under way to the sink is not touched.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const sent = (await callSallyport(asked.world, 'audit.export.test', { id })) as {
      readonly to: string
      readonly event: string
    }
    await asked.tell(sent, printable(`The event ${sent.event} arrived at ${sent.to}.`))
    return exitCodes.ok
  },
}
