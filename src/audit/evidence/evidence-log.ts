import { sign } from 'node:crypto'
import type { AuditLog } from '../api.ts'
import type { LogKeys } from '../keys.ts'
import { logFolder } from '../layout.ts'
import { readVerifierKey } from '../note.ts'
import { readPayload } from '../payload-files.ts'
import type { EvidenceLog } from './api.ts'

/** An open log as bundles take from it. `auditFolder` is the one of the data folder. */
export function openEvidence(
  auditFolder: string,
  { tree }: Pick<AuditLog, 'tree'>,
  keys: Pick<LogKeys, 'origin' | 'verifierKey' | 'signingKey'>,
): EvidenceLog {
  const { origin, verifierKey, signingKey } = keys
  const folder = logFolder(auditFolder, origin)
  return {
    origin,
    verifierKey,
    against: tree.against,
    header: tree.header,
    sealed: (place) =>
      readPayload(folder, place).catch((error: NodeJS.ErrnoException) => {
        // Its month is no longer kept; the header still says what was there.
        if (error.code === 'ENOENT') return undefined
        throw error
      }),
    sign: (text) => {
      const key = readVerifierKey(verifierKey)
      if (key === undefined) throw new Error('the verifier key of the log cannot be read')
      const signature = Buffer.concat([key.hash, sign(null, Buffer.from(text), signingKey)])
      return `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`
    },
  }
}
