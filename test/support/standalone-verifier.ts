import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface VerifiedBundle {
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly isKeyPinned: boolean
  readonly checkpointSize: number | undefined
  readonly manifest: { readonly reason: string } | undefined
  readonly entries: number
  readonly contents: number
}

/** The single file anybody can run. It is plain JavaScript and shares no code with the gateway. */
export const standaloneFile = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')

const standalone = (await import(pathToFileURL(standaloneFile).href)) as {
  readonly verifyBundle: (bytes: Buffer, key?: string) => VerifiedBundle
}

export const { verifyBundle } = standalone
