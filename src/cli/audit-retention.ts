import type { Retained } from '#/audit/retention/retain.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const auditRetentionRun: Command = {
  usage: '[--dry-run]',
  about:
    'Ends what has lasted longer than the settings say, as the running server does once a day: texts by whole months, and much later the names of headers and the headers. What a legal hold covers stays. With --dry-run it only tells.',
  options: { 'dry-run': { about: 'tell what would end, and change nothing' } },
  words: [0, 0],
  run: async (asked) => {
    const question = { isDryRun: asked.isSet('dry-run') }
    const retained = (await callSallyport(asked.world, 'audit.retention.run', question)) as Retained
    await asked.tell(retained, format(retained))
    return exitCodes.ok
  },
}

function format(retained: Retained): string {
  const { isDryRun, heldBy, contentMonths, headerMonths, heldPeople, files, headers } = retained
  const { waitsUntilMs } = retained
  const isHeld = heldBy.length > 0
  const isWaiting = waitsUntilMs !== undefined
  const lines = [
    isHeld
      ? `Nothing ends: the legal hold ${heldBy.join(', ')} covers everybody.`
      : isWaiting
        ? `Nothing ends before ${new Date(waitsUntilMs).toISOString()}: the clock leapt ahead by more than a month. Is it right? Then this ends:`
        : isDryRun
          ? 'Nothing was changed. This would end:'
          : 'This is over:',
    `  texts of ${contentMonths.join(', ') || 'no month'}; payload files deleted: ${files}`,
    `  names of headers of ${headerMonths.join(', ') || 'no month'}; entries whose headers go: ${headers}`,
  ]
  if (heldPeople > 0) lines.push(`  people under a legal hold, whose texts stay: ${heldPeople}`)
  if (!isDryRun && !isHeld && !isWaiting) {
    const { keysDestroyed, aliasesDestroyed } = retained
    lines.push(`  keys destroyed now: ${keysDestroyed}, aliases: ${aliasesDestroyed}`)
  }
  return lines.join('\n')
}
