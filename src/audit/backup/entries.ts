/** What a backup and a restore write into the log. Runs where the log is open. */
import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog } from '../api.ts'
import type { BackupPoint } from './make.ts'

const beginShape = z.strictObject({
  into: z.string().min(1).max(4_096),
  keys: z.enum(['here', 'apart', 'none']),
  by: z.string().min(1).max(200),
})

const lossShape = z.strictObject({
  from: z.int().nonnegative(),
  to: z.int().positive(),
  checkpoint: z.string().min(1).max(10_000),
  reason: z.string().trim().min(1).max(2_000),
  by: z.string().min(1).max(200),
})

/** A checkpoint comes within a second; ten say that something is wrong. */
const checkpointLimitMs = 10_000
const lookEveryMs = 50

/** Writes the entry, and gives the first checkpoint that covers it. */
export async function beginBackup(log: AuditLog, input: unknown): Promise<BackupPoint> {
  const { into, keys, by } = read(beginShape, input)
  const { index } = await log.append({
    kind: 'backup',
    facts: { decision: 'made', reason: `keys ${keys}` },
    payload: JSON.stringify({ into, keys, by }),
  })
  for (let waited = 0; waited < checkpointLimitMs; waited += lookEveryMs) {
    const checkpoint = log.checkpoint()
    const entries = sizeOf(checkpoint)
    if (checkpoint !== undefined && entries > index) return { origin: log.origin, checkpoint, entries }
    await pause(lookEveryMs)
  }
  throw new Error('no checkpoint came within ten seconds: look at what Sallyport says on standard error')
}

/** Says for ever that entries which once were are not in this log. */
export async function acceptLoss(log: AuditLog, input: unknown): Promise<{ readonly index: number }> {
  const { from, to, checkpoint, reason, by } = read(lossShape, input)
  const { index } = await log.append({
    kind: 'backup',
    facts: {
      decision: 'loss-accepted',
      counts: { from, to },
      digest: hash('sha256', checkpoint, 'hex'),
    },
    payload: JSON.stringify({ from, to, checkpoint, reason, by }),
  })
  return { index }
}

/** The second line of a checkpoint. */
const sizeOf = (checkpoint: string | undefined): number => Number(checkpoint?.split('\n')[1] ?? 0)

function read<T>(shape: z.ZodType<T>, input: unknown): T {
  const found = shape.safeParse(input)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new Refusal('request-invalid', {
    field: issue?.path.join('.') ?? '',
    problem: issue?.message ?? '',
  })
}
