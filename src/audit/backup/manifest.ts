import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** The last file of a backup that is written: without it, a backup is not whole. */
export const manifestPath = (folder: string): string => join(folder, 'manifest.json')

export const manifestFormat = 'sallyport-backup-1'

/** Files of a backup lie where they lay in the data folder. A path must not lead out of it, whoever wrote it. */
const safePath = z
  .string()
  .max(1_000)
  .refine(
    (path) => /^[^\\\0]+$/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part)),
  )

const manifestShape = z.object({
  format: z.literal(manifestFormat),
  madeAt: z.iso.datetime(),
  origin: z.string().min(1).max(200),
  /** The signed note the log was copied up to. */
  checkpoint: z.string().min(1).max(10_000),
  /** Entries it covers. */
  entries: z.int().nonnegative(),
  /** Where the keys are: with the rest, in a folder of their own, or not copied. */
  keys: z.enum(['here', 'apart', 'none']),
  files: z
    .array(
      z.object({
        path: safePath,
        bytes: z.int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(10_000_000),
})

export type Manifest = z.infer<typeof manifestShape>
export type ManifestFile = Manifest['files'][number]

/** Throws, saying what to do, when there is none or it is none of ours. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestPath(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Error(`${folder} holds no manifest.json: it is no backup, or one that was not finished`)
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`the manifest in ${folder} cannot be read: take another backup`, { cause })
  }
  const read = manifestShape.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(
    `the manifest in ${folder} is not one of this Sallyport (${issue?.path.join('.')}): take another backup, or use the Sallyport that made it`,
  )
}
