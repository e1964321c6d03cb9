import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { PlanStep } from '#/register/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

/** What the control socket takes, with room for what JSON adds. */
const maxFileBytes = 6 * 1024 * 1024

interface Applied {
  readonly plan: readonly PlanStep[]
  readonly notes: readonly string[]
}

export const apply: Command = {
  usage: 'FILE.yaml [--dry-run]',
  about:
    'Takes records (offerings, use cases, ...) from a file. What is already there stays as it is; what differs becomes a new version, which waits for its approval.',
  options: { 'dry-run': { about: 'tell what would change, and change nothing' } },
  words: [1, 1],
  run: async (asked) => {
    const [file = ''] = asked.words
    const dryRun = asked.isSet('dry-run')
    const input = { text: readRecords(file), fileName: basename(file), by: askedBy(), dryRun }
    const { plan, notes } = (await callSallyport(asked.world, 'apply', input)) as Applied
    await asked.tell({ plan, notes, dryRun }, [formatPlan(plan, dryRun), ...notes].join('\n'))
    return exitCodes.ok
  },
}

function readRecords(file: string): string {
  if (statSync(file).size > maxFileBytes)
    throw new Error(`${file} is larger than ${maxFileBytes} bytes; split it`)
  return readFileSync(file, 'utf8')
}

function formatPlan(plan: readonly PlanStep[], isDryRun: boolean): string {
  const changes = plan.filter(({ change }) => change !== 'same')
  if (changes.length === 0) return `Nothing to change: all ${plan.length} records are as the file says.`
  const lines = changes.map(({ kind, id, change, version, fields, waits }) => {
    const what = fields.length === 0 ? '' : ` (${fields.join(', ')})`
    return `  ${change.padEnd(8)} ${kind} ${id}, version ${version}${what}${waits ? ': waits for approval' : ': serves at once'}`
  })
  return [isDryRun ? 'Would be done:' : 'Done:', ...lines].join('\n')
}
