import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadNamesLater, type NameFinder } from '#/inspect/index.ts'

const folder = join(import.meta.dirname, '..', '..', 'catalogue', 'names')

/** The names Sallyport was trained to find. The weights are read when the first text comes, some ten milliseconds. */
export function openNames(): NameFinder {
  const { version } = JSON.parse(readFileSync(join(folder, 'version.json'), 'utf8')) as { version: string }
  return loadNamesLater(version, () => ({
    general: readFileSync(join(folder, 'general.bin')),
    clinical: readFileSync(join(folder, 'clinical.bin')),
  }))
}
