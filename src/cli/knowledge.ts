import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createAttachmentReader, decodeText, delimitedRows } from '#/attachments/index.ts'
import { type DataClass, dataClasses, isDataClass } from '#/core/data-class.ts'
import {
  knowledgeHash,
  knowledgePath,
  noKnowledge,
  readKnowledge,
  writeKnowledge,
} from '#/gateway/knowledge-file.ts'
import { buildDocument, buildTable, type Knowledge } from '#/inspect/company/index.ts'
import { readSettings } from '#/settings/read.ts'
import { type Asked, type Command, type CommandOption, exitCodes, needOption, UsageError } from './command.ts'

const file: CommandOption = {
  value: 'FILE',
  about: 'the file to keep it in; knowledge.json of the data folder when left out',
}
const dataClass: CommandOption = {
  value: 'CLASS',
  about: `${dataClasses.join(', ')}; confidential when left out`,
}
const named: CommandOption = { value: 'NAME', about: 'shown in findings; replaces what has that name' }

const served = 'A running Sallyport takes it up when it starts again.'

export const knowledgeTable: Command = {
  usage: 'FILE.csv --primary COLUMN --name NAME [--fields N] [--class CLASS]',
  about: `Remembers the rows of a table: customers, employees, patients. A value of the primary column is found when other values of its row stand within 300 characters. Kept are salted hashes and no clear text. The first row of the file names the columns. ${served}`,
  options: {
    primary: { value: 'COLUMN', about: 'the column that tells rows apart: a customer number, an address' },
    name: named,
    fields: { value: 'N', about: 'how many other values must be near; 1 when left out' },
    class: dataClass,
    file,
  },
  words: [1, 1],
  run: async (asked) => {
    const [header = [], ...rows] = await readTable(asked.words[0] as string)
    const columns: string[] = []
    for (const { column, text } of header) columns[column] = text
    const table = buildTable(
      {
        name: needOption(asked, 'name'),
        class: classOf(asked),
        salt: randomBytes(24).toString('base64url'),
        columns: Array.from(columns, (column, index) => column ?? `column ${index + 1}`),
        primary: needOption(asked, 'primary'),
        rows: rows.map((row) => {
          const values: string[] = []
          for (const { column, text } of row) values[column] = text
          return values
        }),
        leastFields: fieldsOf(asked),
      },
      knowledgeHash,
    )
    return change(asked, (known) => ({ ...known, tables: [...without(known.tables, table.name), table] }), {
      name: table.name,
      rows: table.rows.length,
    })
  },
}

/** As spreadsheets save them: UTF-8, UTF-16 or Windows-1252. Throws for a file that is no text. */
async function readTable(path: string) {
  const text = decodeText(await readFile(path))
  if (text === undefined) throw new Error(`${path} is no table in text; save it as CSV and try again`)
  return [...delimitedRows(text)]
}

export const knowledgeDocument: Command = {
  usage: 'FILE --name NAME [--class CLASS]',
  about: `Remembers a document, of any type that is read: a part of it that is pasted is found and gets its class. Kept are fingerprints of runs of words and no clear text. ${served}`,
  options: { name: named, class: dataClass, file },
  words: [1, 1],
  run: async (asked) => {
    const reader = createAttachmentReader()
    const { texts, unread } = await reader.read(await readFile(asked.words[0] as string))
    await reader.close()
    const text = texts
      .filter(({ kind }) => kind !== 'metadata')
      .map((each) => each.text)
      .join('\n')
    const document = buildDocument(needOption(asked, 'name'), classOf(asked), text)
    return change(
      asked,
      (known) => ({ ...known, documents: [...without(known.documents, document.name), document] }),
      { name: document.name, fingerprints: document.fingerprints.length, unread: unread.length },
    )
  },
}

export const knowledgeCode: Command = {
  usage: '[--packages NAMES] [--class CLASS]',
  about: `Takes source code for the company's own: fifteen lines of it, unless a public licence stands above, or one that names a package only the company has. ${served}`,
  options: {
    packages: {
      value: 'NAMES',
      about: 'beginnings of names of packages, separated by commas: @acme/,com.acme.',
    },
    class: dataClass,
    file,
  },
  words: [0, 0],
  run: async (asked) => {
    const names = (asked.option('packages') ?? '').split(',').map((each) => each.trim())
    const packages = names.filter((each) => each !== '')
    if (packages.some((each) => each.length < 3))
      throw new UsageError('--packages takes names of three characters at least')
    return change(asked, (known) => ({ ...known, sourceCode: { packages, class: classOf(asked) } }), {
      packages: packages.length,
    })
  },
}

export const knowledgeList: Command = {
  usage: '',
  about: 'Shows what is remembered: names, classes and how much.',
  options: { file },
  words: [0, 0],
  run: async (asked) => {
    const { tables, documents, sourceCode } = await readOrNone(fileOf(asked))
    const rows = [
      ...tables.map((each) => ({
        kind: 'table',
        name: each.name,
        class: each.class,
        rows: each.rows.length,
      })),
      ...documents.map((each) => ({
        kind: 'document',
        name: each.name,
        class: each.class,
        fingerprints: each.fingerprints.length,
      })),
      ...(sourceCode === undefined
        ? []
        : [
            {
              kind: 'code',
              name: 'source code',
              class: sourceCode.class,
              packages: sourceCode.packages.length,
            },
          ]),
    ]
    const lines = rows.map(({ kind, name, class: own, ...size }) => {
      const [what = '', count = 0] = Object.entries(size)[0] ?? []
      return `${kind}  ${name}  ${own}  ${count} ${what}`
    })
    await asked.tell({ knowledge: rows }, lines.join('\n') || 'nothing is remembered')
    return exitCodes.ok
  },
}

export const knowledgeRemove: Command = {
  usage: 'NAME',
  about: `Forgets the table or document of that name. ${served}`,
  options: { file },
  words: [1, 1],
  run: async (asked) => {
    const [name = ''] = asked.words
    const known = await readOrNone(fileOf(asked))
    if (![...known.tables, ...known.documents].some((each) => each.name === name)) {
      await asked.tell({ removed: 0 }, 'there is nothing of that name; see: sallyport knowledge list')
      return exitCodes.refused
    }
    return change(
      asked,
      () => ({
        ...known,
        tables: without(known.tables, name),
        documents: without(known.documents, name),
      }),
      { name, removed: 1 },
    )
  },
}

const without = <T extends { readonly name: string }>(list: readonly T[], name: string): readonly T[] =>
  list.filter((each) => each.name !== name)

const fileOf = (asked: Asked): string =>
  asked.option('file') ?? knowledgePath(readSettings(asked.world.environment).dataFolder)

async function readOrNone(path: string): Promise<Knowledge> {
  try {
    return await readKnowledge(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noKnowledge
    throw error
  }
}

async function change(
  asked: Asked,
  next: (known: Knowledge) => Knowledge,
  done: Readonly<Record<string, string | number>>,
): Promise<number> {
  const path = fileOf(asked)
  await writeKnowledge(path, next(await readOrNone(path)))
  const facts = Object.entries(done).map(([what, value]) => `${what}: ${value}`)
  await asked.tell({ file: path, ...done }, [`kept in ${path}`, ...facts].join('\n'))
  return exitCodes.ok
}

function classOf(asked: Asked): DataClass {
  const given = asked.option('class') ?? 'confidential'
  if (!isDataClass(given)) throw new UsageError(`--class takes one of ${dataClasses.join(', ')}`)
  return given
}

function fieldsOf(asked: Asked): number {
  const given = asked.option('fields') ?? '1'
  if (!/^\d{1,2}$/.test(given)) throw new UsageError('--fields takes a whole number')
  return Number(given)
}
