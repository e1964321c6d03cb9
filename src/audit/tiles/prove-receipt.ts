/** The proof of a receipt as the command line asks for it. Runs where the log is open. */
import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog } from '../api.ts'

const questionShape = z.strictObject({
  receipt: z.string().regex(/^[\x21-\x7e]{1,100}#\d{1,15}$/),
  /** The account of the machine that asks. */
  by: z.string().min(1).max(200),
})

export type ProofQuestion = z.infer<typeof questionShape>

export interface ProofAnswer {
  readonly receipt: string
  /** A `.tlog-proof` file. */
  readonly proof: string
}

/** Asking is logged: the proof holds the header of the entry. Throws a refusal when there is no such entry here. */
export async function proveReceipt(
  question: unknown,
  log: Pick<AuditLog, 'origin' | 'append' | 'tree'>,
): Promise<ProofAnswer> {
  const read = questionShape.safeParse(question)
  if (!read.success) {
    throw new Refusal('request-invalid', {
      field: 'receipt',
      problem: 'it takes what stands in x-sallyport-receipt, such as ai.example.com/log#42',
    })
  }
  const { receipt, by } = read.data
  const [origin, number] = receipt.split('#') as [string, string]
  if (origin !== log.origin) {
    const problem = `it is a receipt of another log than ${log.origin}`
    throw new Refusal('request-invalid', { field: 'receipt', problem })
  }
  const index = Number(number)
  if ((await log.tree.headOf(index)) === undefined) {
    const first = log.tree.firstKept()
    throw index < first ? new Refusal('receipt-ended', { first }) : new Refusal('receipt-unknown')
  }
  await log.append({
    kind: 'read',
    facts: { reason: 'proof', about: receipt },
    payload: JSON.stringify({ by }),
  })
  return { receipt, proof: await log.tree.prove(index) }
}
