import { UsageError, type World } from './command.ts'
import { readLines } from './read-lines.ts'

/** Questions to whoever sits at the terminal, one after the other. */
export interface Asking {
  /** The answer without spaces around it. Throws `UsageError` when the input ended. */
  readonly ask: (question: string) => Promise<string>
  /** Asks until the answer can be read; gives up after some tries. */
  readonly askFor: <T>(question: string, read: (answer: string) => T | undefined, hint: string) => Promise<T>
  readonly close: () => Promise<void>
}

const longestAnswerBytes = 4_000
/** Somebody who is wrong so often is better served by the help. */
const mostTries = 5

export function openAsking({ standardInput, complain }: Pick<World, 'standardInput' | 'complain'>): Asking {
  const lines = linesOf(standardInput)
  const ask = async (question: string): Promise<string> => {
    complain(`${question} `)
    const { value, done } = await lines.next()
    if (done) throw new UsageError('the input ended before every question was answered')
    return value.trim()
  }
  return {
    ask,
    askFor: async (question, read, hint) => {
      for (let tries = 0; tries < mostTries; tries++) {
        const answer = read(await ask(question))
        if (answer !== undefined) return answer
        complain(`${hint}\n`)
      }
      throw new UsageError(hint)
    },
    close: async () => {
      await lines.return(undefined)
    },
  }
}

async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  for await (const group of readLines(input, longestAnswerBytes))
    for (const line of group) {
      if ('problem' in line) throw new UsageError(line.problem)
      yield line.text
    }
  return undefined
}
