import type { PlanStep } from '#/register/api.ts'
import { askedBy, withSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'
import { readRecordTexts } from './record-files.ts'

interface Applied {
  readonly plan: readonly PlanStep[]
  readonly digest: string
  readonly notes: readonly string[]
}

export const apply: Command = {
  usage: 'FILE|FOLDER [--dry-run] [--yes]',
  about:
    'Takes records (offerings, use cases, ...) from a file, or from every file of a folder, all or nothing. The plan is shown and agreed to first. What is already there stays as it is; what differs becomes a new version, which waits for its approval: by two people, since nobody knows whose a file is.',
  options: {
    'dry-run': { about: 'show the plan, and change nothing' },
    yes: { about: 'agree to the plan without being asked' },
  },
  words: [1, 1],
  run: async (asked) => {
    const [path = ''] = asked.words
    const isDryRun = asked.isSet('dry-run')
    const input = { files: readRecordTexts(path, asked.world), by: askedBy() }
    return withSallyport(asked.world, async (call) => {
      const planned = (await call('apply', { ...input, dryRun: true })) as Applied
      const changes = planned.plan.filter(({ change }) => change !== 'same')
      if (isDryRun || changes.length === 0) {
        await tell(asked, planned, isDryRun)
        return exitCodes.ok
      }
      if (!asked.isSet('yes') && !(await isAgreed(asked, planned.plan))) {
        asked.world.complain('Nothing was changed.\n')
        return exitCodes.refused
      }
      // The plan that was agreed to, and no other: somebody may have written since.
      await tell(
        asked,
        (await call('apply', { ...input, dryRun: false, digest: planned.digest })) as Applied,
        false,
      )
      return exitCodes.ok
    })
  },
}

const tell = (asked: Asked, { plan, notes }: Applied, dryRun: boolean): Promise<void> =>
  asked.tell(
    { plan, notes, dryRun },
    [
      formatPlan(plan, dryRun ? 'Would be done:' : 'Done:'),
      ...notes,
      ...(!dryRun && plan.some(({ change, waits }) => change !== 'same' && waits) ? [whatNow] : []),
    ].join('\n'),
  )

/** Said once it is written: who stands alone would wait for ever. */
const whatNow =
  'Whose file it is nobody knows: what takes one approval takes those of two people, on the page under Register (a pilot that of its reviewer alone). Who is alone gives somebody the role: sallyport role grant EMAIL security --reason TEXT'

async function isAgreed({ world }: Asked, plan: readonly PlanStep[]): Promise<boolean> {
  world.complain(`${formatPlan(plan, 'The plan:')}\n`)
  if (!world.isTerminal)
    throw new UsageError('nobody can be asked here: say --yes to agree to the plan, or --dry-run to see it')
  world.complain('Write it? [y/N] ')
  return /^y(?:es)?$/i.test((await firstLine(world.standardInput)).trim())
}

/** A longer answer is no yes. */
const longestAnswer = 100

async function firstLine(input: AsyncIterable<Uint8Array>): Promise<string> {
  let line = ''
  for await (const chunk of input) {
    line += Buffer.from(chunk).toString('utf8')
    if (line.includes('\n') || line.length > longestAnswer) break
  }
  return line.split('\n')[0] ?? ''
}

/** Of a plan of thousands the rest is counted. */
const shownSteps = 200

function formatPlan(plan: readonly PlanStep[], title: string): string {
  const changes = plan.filter(({ change }) => change !== 'same')
  if (changes.length === 0) return `Nothing to change: all ${plan.length} records are as the file says.`
  const lines = changes.slice(0, shownSteps).map(({ kind, id, change, version, fields, waits }) => {
    const what = fields.length === 0 ? '' : ` (${fields.join(', ')})`
    return `  ${change.padEnd(8)} ${kind} ${id}, version ${version}${what}${waits ? ': waits for approval' : ': serves at once'}`
  })
  const more = changes.length - lines.length
  return [title, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n')
}
