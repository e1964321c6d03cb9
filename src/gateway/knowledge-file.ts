import { createHmac } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dataClasses } from '#/core/data-class.ts'
import {
  createKnowledgeMatcher,
  documentLimits,
  type KeyedHash,
  type Knowledge,
  type KnowledgeMatcher,
  tableLimits,
} from '#/inspect/company/index.ts'

/** Company knowledge of a data folder: hashes and fingerprints, no clear text, and still only for its owner's eyes. */
export const knowledgePath = (dataFolder: string): string => join(dataFolder, 'knowledge.json')

/** What the tables of a file are hashed with. */
export const knowledgeHash: KeyedHash = (key, text) => createHmac('sha256', key).update(text).digest('hex')

export const noKnowledge: Knowledge = { tables: [], documents: [] }

const name = z.string().regex(/^[^\p{Cc}]{1,100}$/u)
const dataClass = z.enum(dataClasses)

const schema = z.strictObject({
  tables: z
    .array(
      z.strictObject({
        name,
        class: dataClass,
        salt: z.string().min(16).max(200),
        columns: z.array(z.string().max(200)).min(2).max(tableLimits.columns),
        leastFields: z.int().min(1).max(tableLimits.columns),
        rows: z.array(z.string().regex(/^[0-9a-f]+$/)).max(tableLimits.rows),
        shapes: z.array(z.string().regex(/^[dml]\d{1,5}$/)).max(10_000),
      }),
    )
    .max(100),
  documents: z
    .array(
      z.strictObject({
        name,
        class: dataClass,
        fingerprints: z.array(z.number().min(0).max(Number.MAX_SAFE_INTEGER)).max(documentLimits.words),
      }),
    )
    .max(10_000),
  sourceCode: z
    .strictObject({ packages: z.array(z.string().min(3).max(200)).max(10_000), class: dataClass })
    .optional(),
})

/** Throws an `Error` that names the place in the file; never repeats what stands there. */
export async function readKnowledge(file: string): Promise<Knowledge> {
  const parsed = schema.safeParse(parse(await readFile(file, 'utf8')))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.join('.') || 'its JSON'
    throw new Error(`${file} is no knowledge file: ${place} is wrong; make it with sallyport knowledge`)
  }
  const { sourceCode, ...knowledge } = parsed.data
  return sourceCode === undefined ? knowledge : { ...knowledge, sourceCode }
}

/** Undefined for what is no JSON: V8 would quote the text in its message. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whole or not at all. */
export async function writeKnowledge(file: string, knowledge: Knowledge): Promise<void> {
  const beside = `${file}.${process.pid}.new`
  await writeFile(beside, `${JSON.stringify(knowledge)}\n`, { mode: 0o600, flush: true })
  await rename(beside, file)
}

/** What the gate of a data folder knows; undefined where there is no file. Throws for one that is wrong. */
export async function openKnowledge(dataFolder: string): Promise<KnowledgeMatcher | undefined> {
  const file = knowledgePath(dataFolder)
  const isThere = await stat(file).then(
    () => true,
    () => false,
  )
  return isThere ? createKnowledgeMatcher(await readKnowledge(file), knowledgeHash) : undefined
}
