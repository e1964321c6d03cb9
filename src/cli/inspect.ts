import { createReadStream, statSync } from 'node:fs'
import { attachmentBounds, createAttachmentReader, unreadReasons } from '#/attachments/index.ts'
import { printable } from '#/audit/printable.ts'
import { knowledgeHash, readKnowledge } from '#/gateway/knowledge-file.ts'
import { createKnowledgeMatcher, type KnowledgeMatcher } from '#/inspect/company/index.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'
import { type InspectedFile, inspectFile } from './inspect-file.ts'
import { inspectLines } from './inspect-lines.ts'
import { createTextInspection, type Inspected } from './inspect-text.ts'
import { inspectTree } from './inspect-tree.ts'
import { createKeyReport } from './report-keys.ts'

export const inspect: Command = {
  usage: '[FILE] | --tree DIR | --jsonl',
  about:
    'Tells what a text or a file holds: its data class, each finding with its place, and whether it tries to steer a model. Reads FILE, or standard input: text, PDF, Office, mail, archives. What could not be read is told, and then the exit code is 1. Nothing is sent or stored, and what was found is not repeated; a key of this Sallyport is revoked. With --tree every file below a folder, summed up by folder; the exit code is 1 when none could be read.',
  options: {
    tree: { value: 'DIR', about: 'inspect every file below a folder' },
    knowledge: { value: 'FILE', about: 'also look for what the company knows; see sallyport knowledge' },
    jsonl: { about: 'read {"id","text"} per line from standard input, write one line for each' },
  },
  words: [0, 1],
  run: async (asked) => {
    const { inspectText, send } = createKeyReport(createTextInspection(await knowledgeOf(asked)))
    const tree = asked.option('tree')
    const isLines = asked.isSet('jsonl')
    if (isLines && (asked.words.length > 0 || tree !== undefined))
      throw new UsageError('--jsonl reads standard input and takes no file')
    if (tree !== undefined && asked.words.length > 0)
      throw new UsageError('--tree takes a folder and no other file')
    const exitCode = await (isLines
      ? inspectLines(asked.world, inspectText)
      : tree === undefined
        ? inspectOne(asked, inspectText)
        : inspectTree(tree, asked, inspectText))
    await send(asked.world)
    return exitCode
  },
}

async function knowledgeOf(asked: Asked): Promise<KnowledgeMatcher | undefined> {
  const file = asked.option('knowledge')
  return file === undefined ? undefined : createKnowledgeMatcher(await readKnowledge(file), knowledgeHash)
}

async function inspectOne(asked: Asked, inspectText: (text: string) => Inspected): Promise<number> {
  const bytes = await readBytes(asked)
  const reader = createAttachmentReader()
  try {
    const file = await inspectFile(bytes, reader, inspectText)
    await tellFile(asked, file, inspectText)
    return file.unread.length === 0 ? exitCodes.ok : exitCodes.refused
  } finally {
    await reader.close()
  }
}

/** A file that is nothing but text is told as a text, with places in the file itself. */
async function tellFile(
  asked: Asked,
  file: InspectedFile,
  inspectText: (text: string) => Inspected,
): Promise<void> {
  const { plainText, texts, ...json } = file
  if (plainText === undefined) return asked.tell(json, formatFile(file))
  const inspected = inspectText(plainText)
  await asked.tell(inspected, [`class: ${inspected.class}`, ...formatText(plainText, inspected)].join('\n'))
}

async function readBytes({ words: [file = '-'], world }: Asked): Promise<Uint8Array> {
  const { fileBytes } = attachmentBounds
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (file !== '-' && statSync(file).isDirectory())
    throw new UsageError(`${file} is a folder: sallyport inspect --tree ${file}`)
  for await (const chunk of file === '-' ? world.standardInput : createReadStream(file)) {
    bytes += chunk.length
    if (bytes > fileBytes) throw new Error(`the text is larger than ${fileBytes} bytes; inspect it in parts`)
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks, bytes)
}

/** Part by part; places are those in the text of the part, as it was read. */
function formatFile({ class: dataClass, parts, texts, labels, unread }: InspectedFile): string {
  const lines = parts.flatMap((part, index) => [
    `${printable(part.path === '' ? 'text' : part.path)} (${part.kind}):`,
    ...formatText(texts[index] ?? '', part).map((line) => `  ${line}`),
  ])
  return [
    `class: ${dataClass ?? 'not known'}`,
    ...labels.map(({ name, id }) => `label: ${printable(name ?? id)}`),
    ...lines,
    ...unread.map(
      ({ path, reason }) => `unread: ${path === '' ? '' : `${printable(path)}, `}${unreadReasons[reason]}`,
    ),
  ].join('\n')
}

function formatText(text: string, { findings, injection }: Inspected): readonly string[] {
  const places = placesOf(
    text,
    findings.map(({ start }) => start),
  )
  const why = injection.why.length === 0 ? '' : `: ${injection.why.join(', ')}`
  return [
    `findings: ${findings.length}`,
    ...findings.map(({ type, why: reason }, index) => `  ${places[index]}  ${type}: ${reason}`),
    `injection: ${injection.verdict} (${injection.score.toFixed(2)})${why}`,
  ]
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
