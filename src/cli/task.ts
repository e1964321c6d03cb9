import { readFile } from 'node:fs/promises'
import { printable } from '#/audit/printable.ts'
import { ControlError } from '#/core/control-socket.ts'
import { textOfFile } from '#/core/text-of-file.ts'
import type { TaskAnswer, TaskView } from '#/gateway/tasks/api.ts'
import { type Asked, type Command, exitCodes, UsageError, type World } from './command.ts'
import { freshSignIn } from './sign-in/sign-in.ts'
import { askTask, readTasks } from './sign-in/task-client.ts'

export const task: Command = {
  usage: '[NAME [INPUT=VALUE...] [--file INPUT=PATH]]',
  about:
    'Asks a task with its inputs, as whoever is signed in on this machine, and writes the answer. A text that is not named is read from standard input. Without a name it lists the tasks that are open to you.',
  options: {
    file: { value: 'INPUT=PATH', about: 'an input that is read from a file' },
    model: { value: 'NAME', about: 'the offering it goes to; auto when left out' },
    class: { value: 'CLASS', about: 'the lowest class it counts as' },
    mask: { about: 'send it masked where a rule would stop it and may be masked' },
  },
  words: [0, 21],
  run: async (asked) => {
    const signedIn = await freshSignIn(asked.world)
    const tasks = await readTasks(signedIn)
    const [name, ...words] = asked.words
    if (name === undefined) {
      await asked.tell(
        { tasks },
        tasks.flatMap(lineOf).map(printable).join('\n') || 'No task is open to you.',
      )
      return exitCodes.ok
    }
    const found = tasks.find(({ id }) => id === name)
    if (found === undefined)
      throw new ControlError('use-case-unknown', `there is no task ${printable(name)} that is open to you`)
    const inputs = await readInputs(found, words, asked)
    const [model, declaredClass] = [asked.option('model'), asked.option('class')]
    const question = {
      inputs,
      ...(model === undefined ? {} : { model }),
      ...(declaredClass === undefined ? {} : { class: declaredClass }),
    }
    const answer = await waitFor(askTask(signedIn, name, question, asked.isSet('mask')), asked.world)
    await asked.tell(answer, shown(answer))
    asked.world.complain(`${about(answer).map(printable).join('\n')}\n`)
    return exitCodes.ok
  },
}

const lineOf = ({ id, title, inputs }: TaskView): readonly string[] => [
  `${id}: ${title}`,
  ...inputs.map((input) =>
    input.kind === 'text'
      ? `  ${input.name}: a text of ${input.maxCharacters} characters at most`
      : `  ${input.name}: ${input.of.join(', ')}`,
  ),
]

async function readInputs({ inputs }: TaskView, words: readonly string[], asked: Asked) {
  const names = inputs.map(({ name }) => name)
  const given = new Map<string, string>()
  const add = (name: string, value: string) => {
    if (!names.includes(name)) throw new UsageError(`it takes ${names.join(', ')}, and no ${printable(name)}`)
    if (given.has(name)) throw new UsageError(`${name} stands there twice`)
    given.set(name, value)
  }
  for (const word of words) add(...split(word))
  const file = asked.option('file')
  if (file !== undefined) {
    const [name, path] = split(file)
    add(name, textOfFile(await readFile(path), path))
  }
  const missing = inputs.filter(({ name }) => !given.has(name))
  const [first] = missing
  if (missing.length === 1 && first?.kind === 'text' && !asked.world.isTerminal)
    add(first.name, await readStandardInput(asked.world, first.maxCharacters))
  const left = names.filter((name) => !given.has(name))
  if (left.length > 0) throw new UsageError(`${left.join(', ')} is missing`)
  return Object.fromEntries(given)
}

function split(word: string): [name: string, value: string] {
  const at = word.indexOf('=')
  if (at < 1) throw new UsageError(`an input is written as INPUT=VALUE, not as ${printable(word)}`)
  return [word.slice(0, at), word.slice(at + 1)]
}

/** Four bytes are the most a character takes. */
async function readStandardInput({ standardInput }: World, mostCharacters: number): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of standardInput) {
    bytes += piece.length
    if (bytes > mostCharacters * 4)
      throw new UsageError(`the text is longer than ${mostCharacters} characters; ask in parts`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Says that it waits once a second has passed: a model takes its time. */
async function waitFor<T>(answer: Promise<T>, { complain }: World): Promise<T> {
  const timer = setTimeout(() => complain('Waiting for the answer ...\n'), 1_000)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
  }
}

/** Line by line: what a model wrote must not steer the terminal. */
const shown = ({ answer }: TaskAnswer): string =>
  (typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2))
    .split('\n')
    .map(printable)
    .join('\n')

const about = ({ receipt, offering, isComplete, needsReview, notice }: TaskAnswer): readonly string[] => [
  ...(isComplete ? [] : ['The answer is not whole: the model stopped where it may write no longer.']),
  ...(needsReview ? ['A person must check it before it is used.'] : []),
  ...(notice === null ? [] : [notice]),
  `By ${offering}, receipt ${receipt}`,
]
