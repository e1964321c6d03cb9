/** A log of its own for tests of bundles. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { AuditLog, ProvingCheckpoint } from '../api.ts'
import type { Header } from '../header.ts'
import { listSegments, segmentPath } from '../layout.ts'
import { folderOf, newFolder, openIn } from '../log-for-tests.ts'
import { readContent } from '../reading/content.ts'
import { walkEntries } from '../walk.ts'
import type { BundleServices, EvidenceLog, Grounds } from './api.ts'
import { type AskedBundle, type MadeBundle, makeBundle } from './bundle.ts'
import { openEvidence } from './evidence-log.ts'
import { readTarFiles } from './tar-for-tests.ts'

export interface BundleTest {
  readonly log: AuditLog
  readonly evidence: EvidenceLog
  readonly services: BundleServices
  readonly folder: string
  /** Where a bundle may be written. */
  readonly out: string
}

export async function openBundleTest(
  context: TestContext,
  grounds: Grounds = { records: [], decisions: [] },
): Promise<BundleTest> {
  const folder = await newFolder(context)
  const { log, keys } = await openIn(folder, { checkpointEveryMs: 10 })
  const evidence = openEvidence(join(folder, 'audit'), log, keys)
  const services = { evidence, audit: log, groundsOf: () => grounds, now: () => Date.UTC(2026, 10, 25) }
  return { log, evidence, services, folder, out: join(folder, 'bundle.tar') }
}

/** Proofs made in the plainest way there is, apart from how the log makes them. */
export const plainProver =
  (folder: string, { note, size }: ProvingCheckpoint) =>
  async (index: number): Promise<string> => {
    const leaves = (await walked(folder)).slice(0, size).map(({ bytes }) => leafOf(bytes))
    const lines = proofIn(leaves, index).map((each) => each.toString('base64'))
    return ['c2sp.org/tlog-proof@v1', `index ${index}`, ...lines, '', note].join('\n')
  }

async function walked(folder: string): Promise<{ readonly header: Header; readonly bytes: Buffer }[]> {
  const log = folderOf(folder)
  const entries = []
  for (const { header, segment, offset, end } of walkEntries(log, await listSegments(log))) {
    // A frame has 14 bytes before the header.
    const bytes = readFileSync(segmentPath(log, segment)).subarray(offset + 14, end)
    entries.push({ header, bytes: Buffer.from(bytes) })
  }
  return entries
}

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer')
const leafOf = (header: Buffer): Buffer => sha256(Buffer.concat([Buffer.from([0]), header]))

/** RFC 6962, 2.1, word for word. */
function treeOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0] as Buffer
  const k = splitOf(leaves.length)
  return sha256(Buffer.concat([Buffer.from([1]), treeOf(leaves.slice(0, k)), treeOf(leaves.slice(k))]))
}

/** RFC 6962, 2.1.1, word for word. */
function proofIn(leaves: readonly Buffer[], index: number): readonly Buffer[] {
  if (leaves.length === 1) return []
  const k = splitOf(leaves.length)
  return index < k
    ? [...proofIn(leaves.slice(0, k), index), treeOf(leaves.slice(k))]
    : [...proofIn(leaves.slice(k), index - k), treeOf(leaves.slice(0, k))]
}

function splitOf(count: number): number {
  let k = 1
  while (k * 2 < count) k *= 2
  return k
}

export const asked = (
  opened: BundleTest,
  indexes: readonly number[],
  more: Partial<AskedBundle> = {},
): AskedBundle => ({
  indexes,
  asked: indexes.join(','),
  reason: 'The auditor asked for it.',
  by: { name: 'command-line:ada' },
  out: opened.out,
  ...more,
})

export async function bundleOf(
  opened: BundleTest,
  indexes: readonly number[],
  more: Partial<AskedBundle> = {},
): Promise<{ readonly made: MadeBundle; readonly bytes: Buffer; readonly files: Map<string, Buffer> }> {
  const made = await makeBundle(asked(opened, indexes, more), opened.services)
  const bytes = await readFile(opened.out)
  return { made, bytes, files: readTarFiles(bytes) }
}

export const withContents = ({ log }: BundleTest): Partial<AskedBundle> => ({
  contents: {
    reading: 'reading_one',
    open: async (index) => {
      const content = await readContent(log, index)
      if (content === undefined) throw new Error('no such entry')
      return content
    },
  },
})
