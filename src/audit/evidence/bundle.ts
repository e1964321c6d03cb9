/** One archive for one exchange or several: headers, proofs, rules, and contents when a reading covers them. */
import { inKeyOrder } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ProvingCheckpoint } from '../api.ts'
import { type Header, readHeader } from '../header.ts'
import type { EntryContent } from '../reading/api.ts'
import type { BundleServices, EvidenceLog, Grounds } from './api.ts'
import { BundleFile } from './bundle-file.ts'
import { collectGrounds } from './collect-grounds.ts'
import { type BundleFacts, formatManifest, noteText } from './manifest.ts'
import { readMe } from './read-me.ts'

export interface AskedBundle {
  /** Of the exchanges wanted: intents, refusals or any other entries. */
  readonly indexes: readonly number[]
  /** The words it was asked in: a receipt or a query. */
  readonly asked: string
  readonly reason: string
  /** Who asked, for the log and the manifest. */
  readonly by: { readonly name: string; readonly personId?: string }
  /** Where to write it. Must not be there yet. */
  readonly out: string
  /** With contents: the reading, and how one entry is opened under it, which logs that and tells the person. */
  readonly contents?: { readonly reading: string; readonly open: (index: number) => Promise<EntryContent> }
}

export interface MadeBundle {
  readonly out: string
  readonly bytes: number
  readonly files: number
  readonly entries: number
  readonly contents: number
  readonly exportReceipt: string
  readonly checkpointSize: number
  readonly missing: readonly string[]
}

/** More is an export. A bundle of this many exchanges has some 60 MB. */
export const bundleMaxEntries = 10_000

/** Writes the bundle. That it is given out stands in the log before it has its name. Throws `request-invalid`. */
export async function makeBundle(asked: AskedBundle, services: BundleServices): Promise<MadeBundle> {
  const { evidence, audit } = services
  if (asked.indexes.length === 0 || asked.indexes.length > bundleMaxEntries) {
    const problem =
      asked.indexes.length === 0
        ? 'it finds no exchange'
        : `a bundle takes ${bundleMaxEntries} entries; ask for fewer`
    throw new Refusal('request-invalid', { field: 'asked', problem })
  }
  const found = await collect(asked.indexes, services)
  const file = await BundleFile.create(asked.out)
  try {
    const exported = await audit.append({
      kind: 'export',
      facts: { reason: 'bundle', about: `${asked.indexes.length} entries` },
      ...(asked.by.personId === undefined ? {} : { subject: asked.by.personId }),
      payload: JSON.stringify({
        bundle: {
          asked: asked.asked,
          reason: asked.reason,
          by: asked.by.name,
          indexes: asked.indexes,
          reading: asked.contents?.reading ?? null,
        },
      }),
    })
    const checkpoint = await evidence.against(exported.index)
    if (checkpoint === undefined) throw new Refusal('proof-pending')
    const indexes = [...new Set([...found.headers.keys(), exported.index])].sort((one, other) => one - other)
    await file.add('README.txt', readMe)
    await file.add('log.vkey', `${evidence.verifierKey}\n`)
    await file.add('checkpoint', checkpoint.note)
    await file.add('grounds.json', `${JSON.stringify(inKeyOrder(found.grounds), undefined, 1)}\n`)
    await addEntries(file, indexes, found.headers, checkpoint, evidence)
    const contents = await addContents(file, asked, found.headers, evidence)
    const facts: BundleFacts = {
      origin: evidence.origin,
      madeAt: new Date(services.now()).toISOString(),
      madeBy: asked.by.name,
      reason: asked.reason,
      asked: asked.asked,
      exportReceipt: exported.receipt,
      checkpointSize: checkpoint.size,
      entries: asked.indexes,
      reading: asked.contents?.reading ?? null,
      missing: found.missing,
    }
    const manifest = formatManifest(facts, file.listed)
    await file.add('manifest.json', manifest, false)
    await file.add('manifest.note', evidence.sign(noteText(evidence.origin, manifest)), false)
    await file.finish()
    const { bytes, listed } = file
    return {
      out: asked.out,
      bytes,
      files: listed.length + 2,
      entries: indexes.length,
      contents,
      exportReceipt: exported.receipt,
      checkpointSize: checkpoint.size,
      missing: found.missing,
    }
  } catch (error) {
    await file.abandon()
    throw error
  }
}

interface Found {
  readonly headers: ReadonlyMap<number, { readonly bytes: Buffer; readonly header: Header }>
  readonly grounds: Grounds
  readonly missing: readonly string[]
}

/** What was asked for, what belongs to it, and what it rests on. */
async function collect(asked: readonly number[], services: BundleServices): Promise<Found> {
  const { evidence, audit } = services
  const headers = new Map<number, { bytes: Buffer; header: Header }>()
  const missing: string[] = []
  const take = async (index: number): Promise<Header | undefined> => {
    const known = headers.get(index)?.header
    if (known !== undefined) return known
    const bytes = await evidence.header(index)
    const header = bytes && readHeader(bytes)
    if (bytes !== undefined && header !== undefined) headers.set(index, { bytes, header })
    return header
  }
  for (const index of asked) {
    const header = await take(index)
    if (header === undefined) {
      const problem = `there is no entry ${evidence.origin}#${index}, or retention ended its header`
      throw new Refusal('request-invalid', { field: 'asked', problem })
    }
    const { intent } = header.facts
    if (header.kind === 'outcome' && intent !== undefined && (await take(intent)) === undefined)
      missing.push(`entry ${intent}, the intent of ${index}: retention ended its header`)
    if (header.kind !== 'intent') continue
    const outcome = await audit.outcomeOf(index)
    if (outcome === undefined) missing.push(`entry ${index} is an exchange without an outcome yet`)
    else await take(outcome.index)
    if (outcome !== undefined && outcome.facts.progress === undefined) continue
    for (const progress of await audit.progressOf(index)) await take(progress.index)
  }
  const exchanges = [...headers.values()].map(({ header }) => header)
  const { grounds, indexes, unknown } = await collectGrounds(exchanges, services)
  for (const index of indexes)
    if ((await take(index)) === undefined)
      missing.push(`entry ${index}, which it rests on: retention ended its header`)
  return { headers, grounds, missing: [...missing, ...unknown] }
}

async function addEntries(
  file: BundleFile,
  indexes: readonly number[],
  headers: Found['headers'],
  checkpoint: ProvingCheckpoint,
  evidence: EvidenceLog,
): Promise<void> {
  for (const index of indexes) {
    const bytes = headers.get(index)?.bytes ?? (await evidence.header(index))
    if (bytes === undefined) throw new Error(`entry ${index} of the log is gone: run audit verify`)
    await file.add(`entries/${index}.json`, bytes)
    await file.add(`proofs/${index}.tlog-proof`, await checkpoint.prove(index))
  }
}

/** Opened text beside the sealed bytes its header commits to. Gives how many. */
async function addContents(
  file: BundleFile,
  { contents, indexes }: AskedBundle,
  headers: Found['headers'],
  evidence: EvidenceLog,
): Promise<number> {
  if (contents === undefined) return 0
  for (const index of indexes) {
    const content = await contents.open(index)
    await file.add(`contents/${index}.json`, `${JSON.stringify(content, undefined, 1)}\n`)
  }
  const asked = new Set(indexes)
  for (const { header } of headers.values()) {
    if (!asked.has(header.index) && !asked.has(header.facts.intent ?? -1)) continue
    const sealed = header.payload && (await evidence.sealed(header.payload))
    if (sealed !== undefined) await file.add(`contents/${header.index}.sealed`, sealed)
  }
  return indexes.length
}
