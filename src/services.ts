import { hash, hkdfSync, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Pool } from 'undici'
import { readCatalogue } from '#/core/catalogue.ts'
import { keyedMac } from '#/core/keyed-mac.ts'
import { isNumberOf } from '#/gateway/phone-numbers.ts'
import type { Line } from '#/gateway/services.ts'
import type { Inspector, NameFinder } from '#/inspect/api.ts'
import type { KnowledgeMatcher } from '#/inspect/company/index.ts'
import {
  createInjectionScorer,
  createInspector,
  type InjectionScorer,
  loadSecretModel,
  loadTopics,
  readInjectionModel,
  type TopicFinder,
} from '#/inspect/index.ts'
import { createPatternFinder } from '#/inspect/patterns/index.ts'
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

/** What is loaded once, at start. What is undefined is not looked for. */
export interface InspectorParts {
  readonly injection: InjectionScorer
  readonly knowledge?: KnowledgeMatcher | undefined
  readonly names?: NameFinder | undefined
}

/** One inspector per snapshot; the same terms and patterns give the same one, so that verdicts stay cached over publications. */
export function createInspectors(parts: InspectorParts): (snapshot: Snapshot) => Inspector {
  const given = {
    ...parts,
    phone: isNumberOf,
    secrets: loadSecretModel(readCatalogue('secrets/weights.bin')),
    topics: openTopics(),
  }
  const bySnapshot = new WeakMap<Snapshot, Inspector>()
  let last: { readonly own: string; readonly inspector: Inspector } | undefined
  return (snapshot) => {
    const earlier = bySnapshot.get(snapshot)
    if (earlier !== undefined) return earlier
    const { terms, patterns } = snapshot
    const own = JSON.stringify([terms, patterns])
    if (last?.own !== own) {
      const finder = patterns.length === 0 ? undefined : createPatternFinder(patterns)
      last = { own, inspector: createInspector({ terms, patterns: finder, ...given }) }
    }
    bySnapshot.set(snapshot, last.inspector)
    return last.inspector
  }
}

/** The classifier of topics that comes with Sallyport. Throws when its file is missing or damaged. */
export function openTopics(): TopicFinder {
  const bytes = readCatalogue('topics/model.bin')
  return loadTopics(bytes, hash('sha256', bytes))
}

/** Grammar, structure and the model that comes with Sallyport. Throws when its file is missing or damaged. */
export async function openInjectionScorer(): Promise<InjectionScorer> {
  const bytes = await readFile(new URL('../catalogue/injection/model.bin', import.meta.url))
  return createInjectionScorer({ model: readInjectionModel(bytes, hash('sha256', bytes)) })
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
  const macs = new Map<string, (text: string) => string>()
  return (personId, useCase) => {
    const name = `${personId}\n${useCase}`
    let mac = macs.get(name)
    if (mac === undefined) {
      if (macs.size >= keptPseudonymKeys) macs.clear()
      mac = keyedMac(Buffer.from(hkdfSync('sha256', master, '', `sallyport pseudonym\n${name}`, 32)))
      macs.set(name, mac)
    }
    return mac
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
