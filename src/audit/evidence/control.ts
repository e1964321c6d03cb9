/** A bundle as the command line asks for it. */
import { z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import type { FindAll } from '../index/find-all.ts'
import { readReceipt } from '../reading/asked.ts'
import type { Readings } from '../reading/readings.ts'
import type { BundleServices } from './api.ts'
import { bundleMaxEntries, type MadeBundle, makeBundle } from './bundle.ts'

const shape = z.strictObject({
  by: z
    .string()
    .regex(/^command-line:/, 'must be an account of the machine')
    .max(200),
  /** Receipts, or a query. */
  asked: z.string().trim().min(1, 'must not be empty').max(4_000),
  reason: z.string().trim().min(10, 'must have at least 10 characters').max(1_000),
  /** An absolute path on this machine. */
  out: z.string().startsWith('/', 'must be an absolute path').max(4_000),
  reading: z.string().max(100).optional(),
})

/** Plain values, so that it can go through the control socket. */
export type BundleQuestion = z.infer<typeof shape>

export interface BundleControlServices extends BundleServices {
  /** Indexes of the entries a question finds, at most so many. The search is logged. */
  readonly findByQuery: FindAll
  readonly readings: Pick<Readings, 'open'>
}

/** Throws `request-invalid` naming the field, and what the reading refuses. */
export async function bundleFor(input: unknown, services: BundleControlServices): Promise<MadeBundle> {
  const { by, asked, reason, out, reading } = readWith(shape, input)
  const { origin } = services.evidence
  const contents =
    reading === undefined
      ? {}
      : { contents: { reading, open: (index: number) => services.readings.open(reading, index, by) } }
  const indexes =
    receiptsIn(asked, origin) ?? (await services.findByQuery(asked, { name: by }, bundleMaxEntries + 1))
  return makeBundle({ indexes, asked, reason, by: { name: by }, out, ...contents }, services)
}

/** Undefined when it is not a list of receipts: then it is a question. */
function receiptsIn(asked: string, origin: string): readonly number[] | undefined {
  const parts = asked.split(/[\s,]+/)
  if (!parts.every((part) => /^(\S+#)?\d{1,15}$/.test(part) && !part.includes(':'))) return undefined
  return [...new Set(parts.map((part) => readReceipt(part, origin)))]
}
