/** Rows of the corpora that secrets are trained on and measured with. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A labelled line, or lines, of CredData. T: a credential, F: none, X: a placeholder. */
export interface LabelledLine {
  readonly repo: string
  readonly file: string
  readonly line: number
  readonly line_end: number
  readonly label: 'T' | 'F' | 'X'
  readonly category: string
  /** Offsets in code points; below 0 where unknown. */
  readonly value_start: number
  readonly value_end: number
  readonly text: string
}

/** A text of the corpus of injections that holds no attack. */
export interface OrdinaryText {
  readonly src: string
  readonly label: number
  readonly kind: string
  readonly text: string
}

/** Cases by rule of another scanner. */
export interface VendorExample {
  readonly rule: string
  readonly label: 'T' | 'F'
  readonly text: string
}

export async function readRows<Row>(folder: string, name: string): Promise<readonly Row[]> {
  const lines = gunzipSync(await readFile(join(folder, name)))
    .toString('utf8')
    .split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row)
}

export const readLabelledLines = (folder: string): Promise<readonly LabelledLine[]> =>
  readRows<LabelledLine>(folder, 'secrets/creddata-dev.jsonl.gz')

export const readVendorExamples = (folder: string, set: string): Promise<readonly VendorExample[]> =>
  readRows<VendorExample>(folder, `secrets/${set}.jsonl.gz`)

/** Texts that are neither attacks nor about attacks. */
export async function readOrdinaryTexts(folder: string): Promise<readonly OrdinaryText[]> {
  const rows = await readRows<OrdinaryText>(folder, 'injection/dev.jsonl.gz')
  return rows.filter(({ label, kind }) => label === 0 && !kind.startsWith('hardneg'))
}

/** Categories of CredData that are no secrets, whatever their label. */
const noSecrets = new Set([
  'UUID',
  'Nonce',
  'Salt',
  'AWS S3 Bucket',
  'Firebase Domain',
  'Tencent WeChat API App ID',
])

export const isCore = ({ category }: LabelledLine): boolean =>
  !category.split(':').some((part) => noSecrets.has(part))
