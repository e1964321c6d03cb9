import type { Bodies, RecordKind } from '../api.ts'
import { control } from './control.ts'
import { dataset } from './dataset.ts'
import { incident } from './incident.ts'
import type { Kind } from './kind.ts'
import { recordKinds } from './names.ts'
import { offering } from './offering.ts'
import { pilot } from './pilot.ts'
import { policy } from './policy.ts'
import { review } from './review.ts'
import { tool } from './tool.ts'
import { useCase } from './use-case.ts'
import { vendor } from './vendor.ts'

/** Every kind of record there is. A new one is a file here, a line in this list and in `names.ts`, and its body in `api.ts`. */
export const kinds: { readonly [K in RecordKind]: Kind<Bodies[K]> } = {
  offering,
  'use-case': useCase,
  policy,
  dataset,
  pilot,
  incident,
  review,
  control,
  vendor,
  tool,
}

export { recordKinds }

export const isRecordKind = (value: unknown): value is RecordKind =>
  typeof value === 'string' && Object.hasOwn(kinds, value)

/** The kind with its body's type left open, for code that serves all kinds alike. */
export const kindOf = (kind: RecordKind): Kind<Bodies[RecordKind]> => kinds[kind] as Kind<Bodies[RecordKind]>
