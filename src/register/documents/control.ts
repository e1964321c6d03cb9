import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import { coverageShape, ownerShape } from './asked.ts'
import type { Documents } from './documents.ts'

/** What the command line asks about documents; nothing of it writes. */
export const documentHandlers = (documents: Documents): ControlHandlers => ({
  'policy.coverage': (input: unknown) => documents.coverage(readWith(coverageShape, input)),
  'policy.guide': (input: unknown) => {
    readWith(z.strictObject({}), input)
    return documents.guide()
  },
  'policy.acceptable-use': async (input: unknown) =>
    documents.acceptableUse(readWith(ownerShape, input).owner),
})
