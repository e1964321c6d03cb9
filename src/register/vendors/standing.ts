import type { RecordHistory, Vendor } from '../api.ts'
import { endOfDayMs } from '../fields.ts'
import { servingOf } from '../serving.ts'
import { checklistItems, unansweredIn } from './checklist.ts'

/** Whether a vendor is explained: approved, with every mandatory fact answered now. */
export interface VendorStanding {
  /** What serves, else what was written last. */
  readonly body: Vendor
  /** Why it is not explained, as the end of a sentence; undefined when it is. */
  readonly why: string | undefined
  /** When this must be looked at again; before that nothing changes but by a decision. */
  readonly changes: readonly number[]
}

/** An approval stands only as long as the facts it was given on. */
export function vendorStanding(history: RecordHistory<'vendor'>, nowMs: number): VendorStanding | undefined {
  const { serving } = servingOf(history, nowMs)
  const body = serving?.record.body ?? history.versions.at(-1)?.body
  if (body === undefined) return undefined
  if (serving === undefined) return { body, why: `the vendor ${history.id} is not approved`, changes: [] }
  const ends = checklistItems.flatMap((item) => {
    const until = body.facts[item]?.until
    return until === undefined ? [] : [endOfDayMs(until)]
  })
  const [first] = unansweredIn(body.facts, nowMs)
  return {
    body,
    why: first && `of the vendor ${history.id} ${first.problem}`,
    changes: [...ends, serving.approval.untilMs].flatMap((at) =>
      at === undefined || at <= nowMs ? [] : [at],
    ),
  }
}

/** Why an offering of this vendor may not serve; undefined when it may. One that names no vendor is not held. */
export function whyVendorHolds(
  vendor: string | undefined,
  vendors: readonly RecordHistory<'vendor'>[],
  nowMs: number,
): Pick<VendorStanding, 'why' | 'changes'> {
  if (vendor === undefined) return { why: undefined, changes: [] }
  const history = vendors.find(({ id }) => id === vendor)
  const standing = history && vendorStanding(history, nowMs)
  return standing ?? { why: `the vendor ${vendor} is not approved`, changes: [] }
}
