import type { Header } from '../header.ts'
import type { BundleServices, Grounds } from './api.ts'

interface Collected {
  readonly grounds: Grounds
  /** Entries of the log that say these: decisions and snapshots. */
  readonly indexes: readonly number[]
  /** What could not be found, in sentences. */
  readonly unknown: readonly string[]
}

/** More snapshots than this since an exchange were not looked through. */
const snapshotsMost = 1_000

/** Records and decisions behind exchanges, each once, and the entries of the log that prove the decisions. */
export async function collectGrounds(
  headers: readonly Header[],
  { groundsOf, audit, evidence }: Pick<BundleServices, 'groundsOf' | 'audit' | 'evidence'>,
): Promise<Collected> {
  const records = new Map<string, Grounds['records'][number]>()
  const decisions = new Map<string, Grounds['decisions'][number]>()
  const versions = new Map<string, number>()
  for (const { facts, atMs } of headers) {
    if (facts.snapshot === undefined) continue
    const grounds = groundsOf(facts, atMs)
    for (const record of grounds.records) records.set(`${record.kind}/${record.id}/${record.version}`, record)
    for (const decision of grounds.decisions) decisions.set(decision.receipt, decision)
    versions.set(facts.snapshot, Math.max(versions.get(facts.snapshot) ?? 0, atMs))
  }
  const indexes = [...decisions.keys()].flatMap((receipt) => indexIn(receipt, evidence.origin))
  const unknown: string[] = []
  for (const [version, untilMs] of versions) {
    const heads = await audit.search({ kinds: ['snapshot'], untilMs: untilMs + 1, limit: snapshotsMost })
    const head = heads.find(({ facts }) => facts.version === version)
    if (head === undefined) unknown.push(`the entry of snapshot ${version} was not found`)
    else indexes.push(head.index)
  }
  return {
    grounds: { records: [...records.values()], decisions: [...decisions.values()] },
    indexes,
    unknown,
  }
}

function indexIn(receipt: string, origin: string): number[] {
  const at = receipt.lastIndexOf('#')
  return receipt.slice(0, at) === origin ? [Number(receipt.slice(at + 1))] : []
}
