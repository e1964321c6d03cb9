import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Smaller files fit into one packet as they are. */
const leastBytes = 1_400

/** Each file of the page compressed beside it, once, when the page is built: the server never compresses. */
export const compress = (): Plugin => ({
  name: 'compress',
  async writeBundle({ dir = '' }, bundle) {
    await Promise.all(Object.keys(bundle).map((name) => compressFile(join(dir, name))))
  },
})

/** What is not given tries hardest already: brotli 11. */
async function compressFile(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < leastBytes) return
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes))
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
}
