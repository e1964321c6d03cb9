import { exitCodes, type World } from './command.ts'
import type { Inspected } from './inspect-text.ts'
import { type ReadLine, readLines } from './read-lines.ts'

/** A prompt of this length is far beyond any model's window. */
const maxLineBytes = 4 * 1024 * 1024

/**
 * One `{"id","text"}` per line in, one line out for each, in order, in one process. A bad line gives
 * `{"id":null,"error":{"code","message","line"}}` (with its id when that could be read) and the run goes on;
 * the exit code then is 1. Blank lines are passed over.
 */
export async function inspectLines(world: World, inspectText: (text: string) => Inspected): Promise<number> {
  let line = 0
  let exitCode: number = exitCodes.ok
  for await (const group of readLines(world.standardInput, maxLineBytes)) {
    let out = ''
    for (const read of group) {
      line++
      if ('text' in read && read.text.trim() === '') continue
      const answer = answerLine(read, inspectText)
      if ('message' in answer) {
        exitCode = exitCodes.refused
        out += `${JSON.stringify({ id: answer.id, error: { code: 'line-invalid', message: answer.message, line } })}\n`
      } else out += `${JSON.stringify(answer)}\n`
    }
    if (out !== '') await world.write(out)
  }
  return exitCode
}

type Id = string | number

type LineAnswer = ({ readonly id: Id } & Inspected) | { readonly id: Id | null; readonly message: string }

function answerLine(line: ReadLine, inspectText: (text: string) => Inspected): LineAnswer {
  if ('problem' in line) return { id: null, message: line.problem }
  const read = parse(line.text)
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    return { id: null, message: 'the line is not a JSON object' }
  const { id, text } = read as { readonly id?: unknown; readonly text?: unknown }
  if (typeof id !== 'string' && typeof id !== 'number')
    return { id: null, message: '"id" must be a text or a number' }
  if (typeof text !== 'string') return { id, message: '"text" must be a text' }
  return { id, ...inspectText(text) }
}

/** Undefined for what is no JSON: V8 would quote the text in its message. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
