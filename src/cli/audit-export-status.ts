import type { DescribedSink } from '#/audit/export/exports.ts'
import { printable } from '#/audit/printable.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

interface Status {
  readonly size: number
  readonly sinks: readonly DescribedSink[]
}

export const auditExportStatus: Command = {
  usage: '',
  about:
    'Tells for each sink of the log where it goes, how far it has got, how many entries are still to come, and the last error. The exit code is 1 when a sink fails or has stopped.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const status = (await callSallyport(asked.world, 'audit.export.status', {})) as Status
    const isBad = status.sinks.some(({ state }) => state === 'failing' || state === 'stopped')
    await asked.tell({ ...status, sinks: status.sinks.map(withTimes) }, format(status))
    return isBad ? exitCodes.refused : exitCodes.ok
  },
}

const timeOf = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString()

const withTimes = ({ lastErrorAtMs, lastArrivedAtMs, ...sink }: DescribedSink) => ({
  ...sink,
  lastErrorAt: timeOf(lastErrorAtMs),
  lastArrivedAt: timeOf(lastArrivedAtMs),
})

function format({ size, sinks }: Status): string {
  if (sinks.length === 0) return 'The settings name no sink (audit.export): the log goes nowhere else.'
  return [`The log has ${size} entries.`, ...sinks.flatMap(linesOf)].map(printable).join('\n')
}

function linesOf(sink: DescribedSink): readonly string[] {
  const arrived = timeOf(sink.lastArrivedAtMs)
  return [
    `${sink.id}  ${sink.state}  ${sink.kind}  ${sink.format}  ${sink.to}${sink.people ? '  with names' : ''}`,
    `  next ${sink.next}, lag ${sink.lag}, checkpoint ${sink.checkpoint < 0 ? '-' : sink.checkpoint}` +
      (arrived === undefined ? '' : `, last arrival ${arrived}`),
    ...(sink.refused > 0 ? [`  refused by the sink: ${sink.refused}`] : []),
    ...(sink.missed > 0 ? [`  ended before the sink took them: ${sink.missed}`] : []),
    ...(sink.lastError === undefined
      ? []
      : [`  last error ${timeOf(sink.lastErrorAtMs)}: ${sink.lastError}`]),
  ]
}
