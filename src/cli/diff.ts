import { printable } from '#/audit/printable.ts'
import type { PlanStep } from '#/register/api.ts'
import type { Difference } from '#/register/differences.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'
import { readRecordTexts } from './record-files.ts'

interface RecordDifference extends PlanStep {
  readonly differences: readonly Difference[]
}

export const diff: Command = {
  usage: 'FILE|FOLDER',
  about:
    'Tells field by field what "apply" of the same file or folder would change: - as it is in the register, + as the file says. Ends with 0 when nothing would, with 1 when something would.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const files = readRecordTexts(asked.words[0] ?? '', asked.world)
    const told = (await callSallyport(asked.world, 'records.diff', { files })) as {
      readonly records: readonly RecordDifference[]
    }
    const changed = told.records.filter(({ change }) => change !== 'same')
    const text =
      changed.length === 0
        ? `No difference: all ${told.records.length} records are as the file says.`
        : changed.map(formatRecord).join('\n')
    await asked.tell({ records: changed }, text)
    return changed.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}

function formatRecord({ kind, id, change, version, waits, differences }: RecordDifference): string {
  const head = `${kind} ${id}: ${change}, version ${version}${waits ? ', waits for approval' : ', serves at once'}`
  const lines = differences.flatMap(({ field, before, after }) => [
    `  ${printable(field)}`,
    ...(before === undefined ? [] : [`  - ${formatValue(before)}`]),
    ...(after === undefined ? [] : [`  + ${formatValue(after)}`]),
  ])
  return [head, ...lines].join('\n')
}

const formatValue = (value: unknown): string =>
  printable(typeof value === 'string' ? value : JSON.stringify(value))
