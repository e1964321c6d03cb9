/** Corpora as compressed lines of JSON. They are no part of the project: a bench that misses one says so. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Every line of a file below the folder of corpora, as it was parsed. Throws when the file is not there. */
export async function readRows<Row>(corpora: string, path: string): Promise<readonly Row[]> {
  const packed = await readFile(join(corpora, path))
  return gunzipSync(packed)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}
