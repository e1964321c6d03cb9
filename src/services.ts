import { hkdfSync, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createAttachmentReader } from '#/attachments/index.ts'
import type { Clock } from '#/core/clock.ts'
import { openPool } from '#/core/http/pool.ts'
import { keyedMac } from '#/core/keyed-mac.ts'
import type { WriteLine } from '#/core/log-line.ts'
import { FileInspection } from '#/gateway/file-inspection.ts'
import { InspectWorkers } from '#/gateway/inspect-workers.ts'
import { inspectorsBySnapshot, openInspectors } from '#/gateway/inspectors.ts'
import type { GatewayServices, Line } from '#/gateway/services.ts'
import { TextInspection } from '#/gateway/text-inspection.ts'
import { VerdictCache } from '#/gateway/verdict-cache.ts'
import type { Connection } from '#/providers/api.ts'
import { keepCredentials } from '#/providers/credentials/kept.ts'
import { openSecretStore } from '#/providers/credentials/vault.ts'
import { providerOf } from '#/providers/index.ts'
import type { Settings } from '#/settings/api.ts'
import { isVaultReference, type ResolvedCredentials } from '#/settings/credentials.ts'

/** Connections with their pools. Throws at start for a kind of provider that does not exist. */
export function openLines(
  settings: Settings,
  credentialOf: (connection: string) => string | undefined,
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
      // Read for each exchange: a secret in a vault may have changed since, or not be there to be sent.
      get credential() {
        return credentialOf(id)
      },
    }
    lines.set(
      id,
      url === undefined ? { connection, pool: undefined, basePath: '' } : openLine(connection, url),
    )
  }
  return lines
}

/** What connections show their providers. */
export interface ConnectionSecrets {
  /** Undefined where the settings name none. Throws `credential-unavailable`. */
  readonly of: (connection: string) => string | undefined
  readonly close: () => Promise<void>
}

/** Those of the environment and of files are `standing`; those in a vault are read now and again. Rejects when one cannot be. */
export async function openConnectionSecrets(
  { vault, connections }: Settings,
  { keys }: Pick<ResolvedCredentials, 'keys'>,
  standing: () => ReadonlyMap<string, string | undefined>,
  clock: Clock,
  writeLine: WriteLine,
): Promise<ConnectionSecrets> {
  const inVault = Object.entries(connections).flatMap(([id, { credential = '' }]) =>
    isVaultReference(credential) ? [[id, credential] as const] : [],
  )
  if (vault === undefined || inVault.length === 0)
    return { of: (connection) => standing().get(connection), close: async () => undefined }
  const references = new Map(inVault)
  const kept = await keepCredentials({
    references,
    read: openSecretStore(vault, () => keys.credential(vault.token, 'vault.token')),
    keptMs: vault.keptMinutes * 60_000,
    clock,
    writeLine,
  })
  return {
    of: (connection) => (references.has(connection) ? kept.current(connection) : standing().get(connection)),
    close: kept.close,
  }
}

/** Sockets one pool may hold. Exchanges that wait for one are no more than `limits.openAltogether` lets in. */
const socketsPerLine = 512

function openLine(connection: Connection, url: string): Line {
  const { origin, pathname } = new URL(url)
  const pool = openPool(origin, {
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

/** Inspectors by terms and patterns; what they are made of is loaded once, when first asked for. */
export type MakeInspectors = () => ReturnType<typeof openInspectors>

export function makeInspectors({ dataFolder, inspection: { names } }: Settings): MakeInspectors {
  let made: ReturnType<typeof openInspectors> | undefined
  return () => {
    made ??= openInspectors({ dataFolder, names })
    return made
  }
}

/** What looks at texts and files, and how to end its threads. */
export interface OpenInspection {
  readonly services: Pick<GatewayServices, 'inspectorFor' | 'texts' | 'files'>
  readonly close: () => Promise<void>
}

/** Rejects when weights or the knowledge of the company cannot be read. Threads start with the first long text or file. */
export async function openInspection(
  settings: Settings,
  inspectors: MakeInspectors,
  writeLine: WriteLine,
): Promise<OpenInspection> {
  const facts = { dataFolder: settings.dataFolder, names: settings.inspection.names }
  const inspectorFor = inspectorsBySnapshot(await inspectors())
  const workers = new InspectWorkers({ facts })
  const texts = new TextInspection({ verdicts: new VerdictCache(), workers, writeLine })
  const reader = createAttachmentReader({ threads: fileThreads, bounds: exchangeBounds })
  const files = new FileInspection(reader, texts)
  return {
    services: { inspectorFor, texts, files },
    close: async () => void (await Promise.all([workers.close(), reader.close()])),
  }
}

/** One core stays for the exchanges; each thread may take half a gigabyte. */
const fileThreads = Math.max(1, Math.min(2, availableParallelism() - 1))

/** Somebody waits for an answer: less than a data audit takes for one file. */
const exchangeBounds = { milliseconds: 10_000, textCharacters: 8_000_000, waiting: 32 }

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
