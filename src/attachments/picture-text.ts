import { spawn } from 'node:child_process'
import type { UnreadReason } from './api.ts'

/** Text of a page of small print is a few kilobytes. */
const mostBytes = 4 * 1024 * 1024

/**
 * The text in a picture, by Tesseract when that is installed: `program` or `tesseract` on the path, null for none. The
 * process gets the picture on its standard input, nothing of our environment but the path, and is killed at the end
 * of its time.
 */
export function recogniseText(
  picture: Uint8Array,
  milliseconds: number,
  program: string | null | undefined,
): Promise<{ readonly text: string } | { readonly unread: UnreadReason }> {
  if (program === null) return Promise.resolve({ unread: 'picture' })
  return new Promise((resolve) => {
    const child = spawn(program ?? 'tesseract', ['stdin', 'stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], OMP_THREAD_LIMIT: '1' },
    })
    const pieces: Buffer[] = []
    let bytes = 0
    const settle = (read: { text: string } | { unread: UnreadReason }): void => {
      clearTimeout(deadline)
      resolve(read)
    }
    const give = (unread: UnreadReason): void => {
      settle({ unread })
      child.kill('SIGKILL')
    }
    const deadline = setTimeout(give, milliseconds, 'took-too-long')
    child.once('error', () => settle({ unread: 'picture' }))
    // It may end before it has read everything.
    child.stdin.on('error', () => undefined)
    child.stdin.end(picture)
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes > mostBytes) give('too-much-text')
      else pieces.push(piece)
    })
    child.once('close', (code) =>
      settle(
        code === 0 ? { text: Buffer.concat(pieces).toString('utf8') } : { unread: 'picture-unreadable' },
      ),
    )
  })
}
