import { printable } from '#/audit/printable.ts'
import type { RuleRow, RuleTable } from '#/policy/rule-table/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const rules: Command = {
  usage: '',
  about:
    'Shows the rules that serve now: what of which class may go to offerings of which tier, what happens to which findings, and whose rule it is. Where several bite, the strictest counts.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const table = (await callSallyport(asked.world, 'rules.list', {})) as RuleTable
    await asked.tell(table, formatRules(table))
    return exitCodes.ok
  },
}

export function formatRules({ version, company, useCases }: RuleTable): string {
  return [
    `Rules of the company (snapshot ${version}):`,
    ...(company.length === 0 ? ['  none: what is found is noted'] : tableLines(company)),
    ...useCases.flatMap(({ id, title, rules: own }) => [
      '',
      `Rules of the use case ${printable(title)} (${id}), which replace these where they bite:`,
      ...tableLines(own),
    ]),
  ].join('\n')
}

const heads = ['CLASS', 'TIER', 'WHAT IS FOUND', 'ACTION', 'RULE', 'OWNER'] as const
/** What is found may name many kinds; a longer cell is cut for people, and whole with --json. */
const widest = 44

function tableLines(rows: readonly RuleRow[]): string[] {
  const cells = rows.map(({ classes, tiers, finds, action, id, owner }) =>
    [classes, tiers, finds, action, id, owner].map((cell) => shortened(printable(cell))),
  )
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()
  return [
    line(heads),
    ...rows.flatMap(({ also }, index) => [
      line(cells[index] ?? []),
      ...also.map((each) => `      ${printable(each)}`),
    ]),
  ]
}

const shortened = (cell: string): string =>
  cell.length <= widest ? cell : `${cell.slice(0, widest - 1).replace(/[, ]+$/, '')}…`
