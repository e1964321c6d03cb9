import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

/** What the control socket takes, with room for what JSON adds. */
const maxFileBytes = 6 * 1024 * 1024

interface Step {
  readonly kind: string
  readonly id: string
  readonly change: string
  readonly fields?: readonly string[]
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
    const { plan } = (await callSallyport(asked.world, 'apply', input)) as { readonly plan: readonly Step[] }
    await asked.tell({ plan, dryRun }, formatPlan(plan, dryRun))
    return exitCodes.ok
  },
}

function readRecords(file: string): string {
  if (statSync(file).size > maxFileBytes) throw new Error(`${file} is larger than ${maxFileBytes} bytes; split it`)
  return readFileSync(file, 'utf8')
}

function formatPlan(plan: readonly Step[], dryRun: boolean): string {
  if (plan.length === 0) return 'Nothing to change.'
  const lines = plan.map(({ kind, id, change, fields = [] }) => {
    return `  ${change.padEnd(10)} ${kind} ${id}${fields.length === 0 ? '' : ` (${fields.join(', ')})`}`
  })
  return [dryRun ? 'Would be done:' : 'Done:', ...lines].join('\n')
}
