/**
 * `keys/kek`: the versions of the key-encryption key, each sealed by its guard. One version, or two while a
 * rotation is under way; `retired` are those out of use whose destruction is still to be done and told.
 */
import { open, stat } from 'node:fs/promises'
import { z } from 'zod'
import { writeDurably } from '#/core/durable-file.ts'
import { readSecretFile } from '#/core/secret-file.ts'

const versionSchema = z.strictObject({
  version: z.int().min(1),
  madeAtMs: z.int().min(0),
  /** The name of the guard. */
  by: z.string().min(1),
  sealed: z.string().min(1),
  holder: z.string(),
})
const retiredSchema = versionSchema.omit({ sealed: true, madeAtMs: true })
const fileSchema = z.strictObject({
  format: z.literal('sallyport key-encryption key v1'),
  versions: z.array(versionSchema).min(1),
  retired: z.array(retiredSchema),
})

export type KekVersion = Readonly<z.infer<typeof versionSchema>>
export type RetiredKek = Readonly<z.infer<typeof retiredSchema>>

export interface KekFile {
  /** Ascending by version; the last one wraps. */
  readonly versions: readonly KekVersion[]
  readonly retired: readonly RetiredKek[]
}

/** Undefined when there is none. Throws when it cannot be used, saying what it must hold. */
export async function readKekFile(path: string): Promise<KekFile | undefined> {
  const text = await readSecretFile(path, undefined).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  if (!text.trimStart().startsWith('{')) return readBareKey(text, path)
  const read = fileSchema.safeParse(parse(text, path))
  if (!read.success) throw damaged(path, read.error)
  const { versions, retired } = read.data
  return { versions: versions.toSorted((one, other) => one.version - other.version), retired }
}

/** The first form of this file: 32 bytes in base64 and nothing else. */
async function readBareKey(text: string, path: string): Promise<KekFile> {
  const sealed = text.trim()
  if (Buffer.from(sealed, 'base64').length !== 32) {
    throw new Error(
      `${path} must hold 32 bytes in base64, or be as Sallyport wrote it: put back a copy of it`,
    )
  }
  const madeAtMs = Math.floor((await stat(path)).mtimeMs)
  return { versions: [{ version: 1, madeAtMs, by: 'nobody', sealed, holder: '' }], retired: [] }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damaged(path, cause)
  }
}

const damaged = (path: string, cause: unknown): Error =>
  new Error(`${path} is not as Sallyport wrote it: put back the newest copy of it`, { cause })

/**
 * Replaces the file, and overwrites the bytes of the old one where the file system lets us: a version that was
 * taken out must not lie in a free block. A disk that writes elsewhere (most flash, copy on write) keeps them.
 */
export async function writeKekFile(path: string, { versions, retired }: KekFile): Promise<void> {
  const text = `${JSON.stringify({ format: 'sallyport key-encryption key v1', versions, retired })}\n`
  const old = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  try {
    await writeDurably(path, text)
    if (old === undefined) return
    const { size } = await old.stat()
    await old.write(Buffer.alloc(size), 0, size, 0)
    await old.sync()
  } finally {
    await old?.close()
  }
}
