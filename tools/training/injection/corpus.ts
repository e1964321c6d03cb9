import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A text of the injection corpus. */
export interface Row {
  /** Sub-sources (`injecagent-base`) belong to the source they begin with. */
  readonly src: string
  readonly isAttack: boolean
  readonly kind: string
  readonly text: string
}

/** Throws when the folder does not hold the corpus. */
export async function readRows(corporaFolder: string): Promise<readonly Row[]> {
  const packed = await readFile(join(corporaFolder, 'injection', 'dev.jsonl.gz'))
  const lines = gunzipSync(packed).toString('utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { src: string; label: number; kind: string; text: string })
    .map(({ src, label, kind, text }) => ({ src, isAttack: label === 1, kind, text }))
}

/** Sources whose parts are counted apart but come from one place, so that they are left out together. */
const parts: Readonly<Record<string, string>> = {
  'eval-safety-templates-benigngoal': 'eval-safety-templates',
  'promptfoo-gen': 'promptfoo',
  'injecagent-base': 'injecagent',
  'injecagent-benign-responses': 'injecagent',
  'cyberseceval-pi-multi': 'cyberseceval-pi',
  'cyberseceval-pi-frr': 'cyberseceval-pi',
  'cyberseceval-pi-frr-multi': 'cyberseceval-pi',
  'bipia-benign': 'bipia',
}

export const sourceOf = ({ src }: Row): string => parts[src] ?? src

/** What people and programs usually write: thresholds are set on it. Hard negatives are reported apart. */
export const isOrdinary = ({ isAttack, kind }: Row): boolean => !isAttack && !kind.startsWith('hardneg')
