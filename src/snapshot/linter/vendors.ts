import type { LintFinding } from './api.ts'
import type { Lint } from './world.ts'

/** Offerings of somebody nobody was asked about, and offerings whose processor is another than their vendor's. */
export const lintVendors: Lint = ({ offerings, vendors }) =>
  offerings.flatMap(({ record: { id, body } }): readonly LintFinding[] => {
    const about = `offering/${id}`
    const { tier, processor } = body.facts
    if (body.vendor === undefined) {
      if (tier === undefined || tier.is === 'self') return []
      return [
        {
          ...{ code: 'vendor-unnamed', severity: 'warning', about },
          sentence: `The offering ${id} names no vendor.`,
          why: 'Nobody has to answer how its data flows, is kept apart and deleted; it serves all the same.',
          remedy: 'Write a record of its vendor, and name it with "vendor".',
        },
      ]
    }
    const vendor = vendors.find((each) => each.record.id === body.vendor)
    if (vendor === undefined || processor === undefined) return []
    const theirs = vendor.record.body.processor
    if (theirs.toLowerCase() === processor.is.toLowerCase()) return []
    return [
      {
        ...{ code: 'processor-differs', severity: 'warning', about },
        sentence: `${processor.is} processes what ${id} is sent, and the processor of its vendor ${body.vendor} is ${theirs}.`,
        why: 'What was answered about the vendor may be about another company.',
        remedy: 'Name the vendor that processes it, or correct one of the two.',
      },
    ]
  })
