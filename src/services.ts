import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Pool } from 'undici'
import type { Line } from '#/gateway/services.ts'
import type { Inspector, NameFinder } from '#/inspect/api.ts'
import { createInspector } from '#/inspect/index.ts'
import type { Connection } from '#/providers/api.ts'
import { providerOf } from '#/providers/index.ts'
import type { Settings } from '#/settings/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'

/** Connections with their pools. Throws at start for a kind of provider that does not exist. */
export function openLines(
  settings: Settings,
  credentials: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>()
  for (const [id, { kind, url, region, silenceLimitMs }] of Object.entries(settings.connections)) {
    providerOf(kind)
    const connection: Connection = {
      id,
      kind,
      url,
      region,
      silenceLimitMs,
      credential: credentials.get(id),
    }
    lines.set(
      id,
      url === undefined ? { connection, pool: undefined, basePath: '' } : openLine(connection, url),
    )
  }
  return lines
}

/** Sockets one pool may hold. An exchange that waits for one waits no longer than the provider may be silent. */
const socketsPerLine = 512

function openLine(connection: Connection, url: string): Line {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, {
    connections: socketsPerLine,
    pipelining: 1,
    allowH2: false,
    headersTimeout: connection.silenceLimitMs,
    bodyTimeout: connection.silenceLimitMs,
    connect: { timeout: Math.min(10_000, connection.silenceLimitMs) },
  })
  return { connection, pool, basePath: pathname.replace(/\/+$/, '') }
}

export const closeLines = async (lines: ReadonlyMap<string, Line>): Promise<void> => {
  await Promise.all([...lines.values()].map(({ pool }) => pool?.destroy()))
}

/** One inspector per snapshot; the same terms give the same one, so that verdicts stay cached over publications. */
export function createInspectors(names?: NameFinder): (snapshot: Snapshot) => Inspector {
  const bySnapshot = new WeakMap<Snapshot, Inspector>()
  let last: { readonly terms: string; readonly inspector: Inspector } | undefined
  return (snapshot) => {
    const known = bySnapshot.get(snapshot)
    if (known !== undefined) return known
    const terms = JSON.stringify(snapshot.terms)
    if (last?.terms !== terms) {
      const inspector = createInspector({ terms: snapshot.terms, ...(names === undefined ? {} : { names }) })
      last = { terms, inspector }
    }
    bySnapshot.set(snapshot, last.inspector)
    return last.inspector
  }
}

const keptPseudonymKeys = 10_000

/**
 * Keyed MACs for pseudonyms: a key per person and use case, derived from one secret of this data folder. The
 * same value gives the same token for the same person, and says nothing to anybody else.
 */
export async function openPseudonymMac(
  dataFolder: string,
): Promise<(personId: string, useCase: string) => (text: string) => string> {
  const master = await readOrMake(join(dataFolder, 'keys', 'pseudonyms'))
  const keys = new Map<string, KeyObject>()
  return (personId, useCase) => {
    const name = `${personId}\n${useCase}`
    let key = keys.get(name)
    if (key === undefined) {
      if (keys.size >= keptPseudonymKeys) keys.clear()
      key = createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `sallyport pseudonym\n${name}`, 32)))
      keys.set(name, key)
    }
    return (text) => createHmac('sha256', key).update(text).digest('hex')
  }
}

async function readOrMake(file: string): Promise<Buffer> {
  try {
    await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = Buffer.from(await readFile(file, 'utf8'), 'base64')
  if (secret.length !== 32)
    throw new Error(`the file ${file} must hold 32 bytes as base64; put the right one back`)
  return secret
}
