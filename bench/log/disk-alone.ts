import { open } from 'node:fs/promises'
import { join } from 'node:path'

const bytes = 4_096
const fileBytes = 4 * 1_024 * 1_024

/**
 * What the disk takes by itself to make 4 KB durable, handed to another thread as the log does it: milliseconds,
 * ascending. The file is zeroed before, as the log's files are.
 */
export async function syncMs(folder: string): Promise<readonly number[]> {
  const file = await open(join(folder, 'disk-alone'), 'w')
  try {
    await file.write(Buffer.alloc(fileBytes))
    await file.datasync()
    const took: number[] = []
    const block = Buffer.alloc(bytes, 1)
    for (let at = 0; at < fileBytes; at += bytes) {
      const startedAt = performance.now()
      await file.write(block, 0, bytes, at)
      await file.datasync()
      took.push(performance.now() - startedAt)
    }
    return took.sort((one, other) => one - other)
  } finally {
    await file.close()
  }
}
