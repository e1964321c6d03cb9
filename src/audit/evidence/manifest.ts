import { hash } from 'node:crypto'

/** The first line of the note. It holds spaces, which no origin does: no such note reads as a checkpoint. */
const noteTitle = 'sallyport evidence bundle v1'

export interface BundleFacts {
  readonly origin: string
  readonly madeAt: string
  readonly madeBy: string
  readonly reason: string
  /** What was asked for, in the words it was asked in. */
  readonly asked: string
  /** The entry of the log that says this bundle was made. */
  readonly exportReceipt: string
  readonly checkpointSize: number
  /** The exchanges asked for; the other entries are here because these rest on them. */
  readonly entries: readonly number[]
  /** The reading under which contents were opened. */
  readonly reading: string | null
  /** What should be here and is not, in sentences. */
  readonly missing: readonly string[]
}

export interface ListedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

export const listFile = (name: string, bytes: Uint8Array): ListedFile => ({
  name,
  bytes: bytes.length,
  sha256: hash('sha256', bytes, 'hex'),
})

/** One file on a line, so that a person can read it. */
export const formatManifest = (facts: BundleFacts, files: readonly ListedFile[]): string =>
  `${JSON.stringify({ v: 1, ...facts }, undefined, 1).slice(0, -2)},\n "files": [\n${files
    .map((file) => `  ${JSON.stringify(file)}`)
    .join(',\n')}\n ]\n}\n`

/** What the key of the log signs. */
export const noteText = (origin: string, manifest: string): string =>
  `${noteTitle}\n${origin}\n${hash('sha256', manifest, 'base64')}\n`
