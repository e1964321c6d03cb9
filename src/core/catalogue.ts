import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../catalogue', import.meta.url))

/** Bytes of a file we ship: trained weights, lists. `name` is its path below `catalogue/`. Throws when it is missing. */
export const readCatalogue = (name: string): Uint8Array => readFileSync(join(folder, name))
