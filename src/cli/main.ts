import { parseArgs } from 'node:util'
import { didYouMean } from '#/settings/nearest.ts'
import { type Asked, type Command, exitCodes, UsageError, type World } from './command.ts'
import { type CommandEntry, commands } from './commands.ts'
import { explainError } from './explain-error.ts'
import { formatCommandHelp, formatHelp } from './help.ts'

/** Runs one command and gives its exit code. Never throws. */
export async function runCli(argv: readonly string[], world: World): Promise<number> {
  const [first] = argv
  if (first === undefined) {
    world.complain(formatHelp(commands))
    return exitCodes.usage
  }
  if (['--help', '-h', 'help'].includes(first)) return showHelp(argv.slice(1), world)
  if (first === '--version') return runCli(['version', ...argv.slice(1)], world)
  const entry = findCommand(argv)
  if (entry === undefined) return sayUnknown(argv, world)
  return runCommand(entry, argv.slice(entry.name.split(' ').length), world)
}

/** The command whose words stand first. */
const findCommand = (argv: readonly string[]): CommandEntry | undefined =>
  commands.find(({ name }) => name.split(' ').every((word, index) => argv[index] === word))

async function showHelp(argv: readonly string[], world: World): Promise<number> {
  const entry = findCommand(argv)
  if (entry === undefined && argv.length > 0) return sayUnknown([...argv, '--help'], world)
  await world.write(
    entry === undefined ? formatHelp(commands) : formatCommandHelp(entry.name, await entry.load()),
  )
  return exitCodes.ok
}

async function sayUnknown(argv: readonly string[], world: World): Promise<number> {
  const [group = '', second] = argv
  const ofGroup = commands.filter(({ name }) => name.startsWith(`${group} `))
  if (ofGroup.length > 0 && (second === undefined || second.startsWith('-'))) {
    const isHelp = second === '--help' || second === '-h'
    if (isHelp) await world.write(formatHelp(ofGroup))
    else world.complain(formatHelp(ofGroup))
    return isHelp ? exitCodes.ok : exitCodes.usage
  }
  const written = argv.slice(0, 2).filter((word) => !word.startsWith('-'))
  const names = commands.map(({ name }) => name)
  const guess = didYouMean(written.join(' '), names) || didYouMean(group, names)
  world.complain(
    `sallyport: there is no command "${written.join(' ')}".${guess} All commands: sallyport --help\n`,
  )
  return exitCodes.usage
}

async function runCommand(entry: CommandEntry, argv: readonly string[], world: World): Promise<number> {
  const wantsJson = argv.includes('--json')
  try {
    const command = await entry.load()
    const asked = readArguments(command, argv, world)
    if (asked.isSet('help')) {
      await world.write(formatCommandHelp(entry.name, command))
      return exitCodes.ok
    }
    assertWords(command, asked.words)
    return await command.run(asked)
  } catch (error) {
    return sayError(error, entry, wantsJson, world)
  }
}

function readArguments(command: Command, argv: readonly string[], world: World): Asked {
  const { options: own } = command
  const names = [...Object.keys(own), 'json', 'help']
  const types = Object.fromEntries(
    names.map((name) => [
      name,
      { type: own[name]?.value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { values, positionals } = parse(argv, { ...types, help: { type: 'boolean', short: 'h' } }, names)
  return {
    option: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    isSet: (name) => values[name] === true,
    words: positionals,
    world,
    tell: (json, text) => world.write(values['json'] === true ? `${JSON.stringify(json)}\n` : `${text}\n`),
  }
}

type OptionTypes = Readonly<Record<string, { type: 'boolean' | 'string'; short?: string }>>

function parse(argv: readonly string[], options: OptionTypes, names: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    const unknown = argv.find((word) => word.startsWith('--') && !names.includes(nameOf(word)))
    if (unknown !== undefined)
      throw new UsageError(`there is no option --${nameOf(unknown)}.${didYouMean(nameOf(unknown), names)}`)
    const word = argv.find((each) => /^-[^-]/.test(each))
    if (word !== undefined)
      throw new UsageError(`there is no option "${word}". If it is a word, put -- before it`)
    // Node's sentence names the option and what it lacks; its second half is about other programs.
    throw new UsageError((error as Error).message.split(/[.\n]/, 1)[0] ?? 'the options cannot be read')
  }
}

const nameOf = (word: string): string => word.slice(2).split('=', 1)[0] ?? ''

function assertWords({ words: [least, most] }: Command, words: readonly string[]): void {
  if (words.length < least) throw new UsageError('something is missing')
  if (words.length > most) throw new UsageError(`"${words[most]}" is one word too many`)
}

async function sayError(
  error: unknown,
  entry: CommandEntry,
  wantsJson: boolean,
  world: World,
): Promise<number> {
  const { code, message, exitCode } = explainError(error)
  // Whoever read our output closed it: there is nobody left to tell.
  if (code === 'EPIPE') return exitCodes.ok
  if (wantsJson) await world.write(`${JSON.stringify({ error: { code, message } })}\n`)
  else world.complain(`sallyport: ${message}\n`)
  if (exitCode === exitCodes.usage) {
    const { usage } = await entry.load()
    world.complain(`usage: sallyport ${entry.name} ${usage}\n`)
  }
  return exitCode
}
