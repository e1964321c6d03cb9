import { spawn } from 'node:child_process'
import type { UnreadReason } from './api.ts'
import { pointsOf } from './picture-size.ts'
import { languagesOf } from './recognition.ts'

/** Text of a page of small print is a few kilobytes. */
const mostBytes = 4 * 1024 * 1024

/**
 * Of addresses, for the program: a page of small print at 600 dots to the inch takes half of it, and a few kilobytes may
 * claim to be a picture of a gigabyte.
 */
const memoryKibibytes = 768 * 1024
/** A sheet of A3 at 600 dots to the inch has 70 million. */
const mostPoints = 80_000_000
const mostComplaints = 64 * 1024
/** It goes on when a step of its own had no memory, and finds nothing then. */
const failedWithin = /\b(?:alloc fail|not made|no pix returned)\b/
/** Of a shell that finds no such program: it was removed a moment ago. */
const programMissing = 127

type Recognised = { readonly text: string } | { readonly unread: UnreadReason }

/**
 * The text in a picture, by Tesseract: `program`, null for none. The process gets the picture on its standard input, nothing
 * of our environment but the path, as much memory as is given to it (where the system can bound that), and is killed at the
 * end of its time.
 */
export async function recogniseText(
  picture: Uint8Array,
  milliseconds: number,
  program: string | null,
): Promise<Recognised> {
  if (program === null) return { unread: 'picture' }
  if ((pointsOf(picture) ?? 0) > mostPoints) return { unread: 'too-large' }
  const endsAt = performance.now() + milliseconds
  const languages = await languagesOf(program, milliseconds)
  return recogniseIn(languages, picture, Math.max(0, endsAt - performance.now()), program)
}

function recogniseIn(
  languages: readonly string[],
  picture: Uint8Array,
  milliseconds: number,
  program: string,
): Promise<Recognised> {
  return new Promise((resolve) => {
    const bounded = `ulimit -v ${memoryKibibytes} 2>/dev/null; exec "$0" stdin stdout "$@"`
    const chosen = languages.length === 0 ? [] : ['-l', languages.join('+')]
    const child = spawn('/bin/sh', ['-c', bounded, program, ...chosen], {
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], OMP_THREAD_LIMIT: '1' },
    })
    const pieces: Buffer[] = []
    let bytes = 0
    let complaints = ''
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
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      if (complaints.length < mostComplaints) complaints += piece
    })
    child.once('close', (code) => {
      if (code === programMissing) settle({ unread: 'picture' })
      else if (code !== 0 || failedWithin.test(complaints)) settle({ unread: 'picture-unreadable' })
      else settle({ text: Buffer.concat(pieces).toString('utf8') })
    })
  })
}
