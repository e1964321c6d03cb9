import { type FileHandle, open, rm } from 'node:fs/promises'
import { formatNamed, formats } from '#/audit/export/formats/index.ts'
import { linesOf, type WriteAnswer, type WriteQuestion } from '#/audit/export/write.ts'
import { printable } from '#/audit/printable.ts'
import { readProductVersion } from '#/core/product.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'
import { readPast } from './when.ts'

const names = Object.keys(formats).join(', ')

export const auditExportWrite: Command = {
  usage: '--format FORMAT [--since 2d] [--until WHEN] [--out FILE]',
  about:
    'Writes entries of the log, oldest first, one a line: headers with aliases, no names and no texts. Without --out the lines go to standard output. That this was done, and by whom, is written to the log first.',
  options: {
    format: { value: 'FORMAT', about: names },
    since: { value: 'WHEN', about: '90m, 12h, 2d or a date; from the beginning when left out' },
    until: { value: 'WHEN', about: 'the same, not included; up to now when left out' },
    out: { value: 'FILE', about: 'a file that is not there yet' },
  },
  words: [0, 0],
  run: async (asked) => {
    const question = readQuestion(asked)
    const path = asked.option('out')
    // Before anything is logged: a file that cannot be written is no export.
    const file = path === undefined ? undefined : await open(path, 'wx', 0o600)
    try {
      const answer = (await callSallyport(asked.world, 'audit.export.write', question)) as WriteAnswer
      const written = await write(asked, question, answer, file)
      const { receipt } = answer
      if (path !== undefined) {
        const text = `${written} entries written to ${path}; the log says so in ${receipt}.`
        await asked.tell({ entries: written, file: path, receipt }, printable(text))
      }
    } catch (error) {
      // Half an export would look like a whole one.
      if (path !== undefined) await rm(path, { force: true })
      throw error
    } finally {
      await file?.close()
    }
    return exitCodes.ok
  },
}

function readQuestion(asked: Asked): WriteQuestion {
  const now = asked.world.now()
  const since = asked.option('since')
  const until = asked.option('until')
  const format = needOption(asked, 'format')
  if (!Object.hasOwn(formats, format)) throw new UsageError(`--format must be one of ${names}`)
  return {
    format,
    sinceMs: since === undefined ? 0 : Math.max(0, readPast(since, 'since', now)),
    untilMs: until === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, readPast(until, 'until', now)),
    by: askedBy(),
  }
}

/** Written at once in pieces of so many characters. */
const pieceLength = 256 * 1_024
const progressEveryMs = 1_000

async function write(
  asked: Asked,
  question: WriteQuestion,
  answer: WriteAnswer,
  file: FileHandle | undefined,
): Promise<number> {
  const format = formatNamed(question.format, { version: readProductVersion() })
  if (format === undefined) throw new UsageError(`--format must be one of ${names}`)
  const put = async (text: string): Promise<void> =>
    file === undefined ? asked.world.write(text) : void (await file.appendFile(text))
  let toldAtMs = performance.now()
  let written = 0
  let piece = format.heading === undefined ? '' : `${format.heading}\n`
  for await (const { index, line } of linesOf(answer, question, format)) {
    if (line !== undefined) {
      piece += `${line}\n`
      written++
    }
    if (performance.now() - toldAtMs > progressEveryMs) {
      toldAtMs = performance.now()
      asked.world.complain(`${index + 1} of ${answer.size} entries\n`)
    }
    if (piece.length < pieceLength) continue
    await put(piece)
    piece = ''
  }
  await put(piece)
  await file?.sync()
  return written
}
