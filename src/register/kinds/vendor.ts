import { z } from 'zod'
import { type Fact, freshUntil } from '../fact.ts'
import { email, endOfDayMs, line, text, title } from '../fields.ts'
import { checklistFacts, checklistItems, unansweredIn } from '../vendors/checklist.ts'
import { domains } from '../vendors/fields.ts'
import type { Kind } from './kind.ts'

const schema = z.strictObject({
  title,
  /** Who here answers for it. */
  owner: email,
  description: text.optional(),
  /** The company that processes, as contracts and facts of offerings call it. */
  processor: line(120),
  /** Where it is reached; everything below each of them, too. */
  domains,
  /** Who there answers questions. */
  contact: email.optional(),
  facts: checklistFacts.default({}),
})

export type Vendor = z.infer<typeof schema>

/** A company whose models or tools are used. Its offerings serve, and its domains stay open, while it is explained. */
export const vendor: Kind<Vendor> = {
  kind: 'vendor',
  called: 'a vendor',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description'],
  deciders: ['security', 'legal', 'owner'],
  mayEnd: true,
  mayLowerClass: false,
  references: () => [],
  check: () => [],
  unready: ({ facts }, nowMs) =>
    unansweredIn(facts, nowMs).map(({ item, problem }) => ({ path: ['facts', item], problem })),
  remind,
}

/** How long before its end a fact is told. */
const warnMs = 30 * 86_400_000

function remind({ facts, contact }: Vendor, nowMs: number): readonly string[] {
  const asked = contact === undefined ? '' : ` Ask ${contact}.`
  return checklistItems.flatMap((item) => {
    const said: Fact<unknown> | undefined = facts[item]
    if (said === undefined) return []
    const until = said.until ?? freshUntil(said)
    if (until === undefined || endOfDayMs(until) - nowMs > warnMs) return []
    if (said.until === undefined)
      return [`facts.${item} is from a document of ${said.asOf}: read it again by ${until}.${asked}`]
    return endOfDayMs(until) <= nowMs ? [] : [`facts.${item} may be relied on until ${until}.${asked}`]
  })
}
