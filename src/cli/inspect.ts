import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'
import { inspectLines } from './inspect-lines.ts'
import { createTextInspection, type Inspected } from './inspect-text.ts'

const maxFileBytes = 32 * 1024 * 1024

export const inspect: Command = {
  usage: '[FILE] | --jsonl',
  about:
    'Tells what a text holds: its data class, each finding with its place, and whether it tries to steer a model. Reads FILE, or standard input. Nothing is sent or stored, and what was found is not repeated.',
  options: { jsonl: { about: 'read {"id","text"} per line from standard input, write one line for each' } },
  words: [0, 1],
  run: async (asked) => {
    const inspectText = createTextInspection()
    if (asked.isSet('jsonl')) {
      if (asked.words.length > 0) throw new UsageError('--jsonl reads standard input and takes no file')
      return inspectLines(asked.world, inspectText)
    }
    const text = await readText(asked)
    const inspected = inspectText(text)
    await asked.tell(inspected, formatInspected(text, inspected))
    return exitCodes.ok
  },
}

async function readText({ words: [file = '-'], world }: Asked): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of file === '-' ? world.standardInput : createReadStream(file)) {
    bytes += chunk.length
    if (bytes > maxFileBytes)
      throw new Error(`the text is larger than ${maxFileBytes} bytes; inspect it in parts`)
    chunks.push(chunk as Uint8Array)
  }
  const text = Buffer.concat(chunks, bytes)
  if (!isUtf8(text)) throw new Error(`${file === '-' ? 'standard input' : file} is not a text in UTF-8`)
  return text.toString('utf8')
}

function formatInspected(text: string, inspected: Inspected): string {
  const { findings, injection } = inspected
  const places = placesOf(
    text,
    findings.map(({ start }) => start),
  )
  const lines = findings.map(({ type, why }, index) => `  ${places[index]}  ${type}: ${why}`)
  return [
    `class: ${inspected.class}`,
    `findings: ${findings.length}`,
    ...lines,
    `injection: ${injection.verdict} (${injection.score.toFixed(2)})${injection.why.length === 0 ? '' : `: ${injection.why.join(', ')}`}`,
  ].join('\n')
}

/** `LINE:COLUMN` of ascending offsets, in one pass over the text. */
function placesOf(text: string, offsets: readonly number[]): readonly string[] {
  let line = 1
  let lineStart = 0
  return offsets.map((offset) => {
    for (
      let end = text.indexOf('\n', lineStart);
      end !== -1 && end < offset;
      end = text.indexOf('\n', lineStart)
    ) {
      line++
      lineStart = end + 1
    }
    return `${line}:${offset - lineStart + 1}`
  })
}
