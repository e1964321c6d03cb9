import { hash } from 'node:crypto'
import { inKeyOrder, type JsonObject } from '#/core/json.ts'

/** What Claude Code asks for each hour. Source: its gateway protocol, section "Managed settings". */
export interface ManagedSettings {
  readonly uuid: string
  /** `sha256:` and the digest of the settings with keys in order and no white space; quoted it is the ETag. */
  readonly checksum: string
  readonly settings: JsonObject
}

export function manageSettings(settings: JsonObject): ManagedSettings {
  const digest = hash('sha256', JSON.stringify(inKeyOrder(settings)), 'hex')
  return { uuid: uuidOf(digest), checksum: `sha256:${digest}`, settings }
}

/** The same settings have the same id, in every process and after every restart. Source: RFC 9562, section 5.8. */
const uuidOf = (digest: string): string =>
  [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')

/** Whether `If-None-Match` names this checksum. `*` only asks whether there is anything: that is answered in full. */
export const isKnown = (ifNoneMatch: string | undefined, { checksum }: ManagedSettings): boolean =>
  (ifNoneMatch ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === `"${checksum}"`)
