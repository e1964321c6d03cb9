import type { Command, CommandOption } from './command.ts'
import type { CommandEntry } from './commands.ts'

const everywhere: Readonly<Record<string, CommandOption>> = {
  json: { about: 'write the result as JSON' },
  help: { about: 'show this text' },
}

/** The list of commands. */
export function formatHelp(entries: readonly CommandEntry[]): string {
  const rows = entries.map(({ name, summary }) => [`sallyport ${name}`, summary] as const)
  return `${['Commands:', ...columns(rows), '', 'More about one: sallyport COMMAND --help', exitCodesText].join('\n')}\n`
}

const exitCodesText = 'Exit codes: 0 done, 1 refused or a problem found, 2 called wrongly, 3 failed.'

/** One command: usage, what it does, its options. */
export function formatCommandHelp(name: string, { usage, about, options }: Command): string {
  const rows = Object.entries({ ...options, ...everywhere }).map(([option, { value, about: text }]) => {
    return [`--${option}${value === undefined ? '' : ` ${value}`}`, text] as const
  })
  return `${[`usage: sallyport ${name} ${usage}`.trimEnd(), '', about, '', 'Options:', ...columns(rows), '', exitCodesText].join('\n')}\n`
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
