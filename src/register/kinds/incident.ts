import { z } from 'zod'
import { day, email, id, line, startOfDayMs, text, title } from '../fields.ts'
import type { Approval, BodyProblem, Kind } from './kind.ts'
import { referencesTo, subjects } from './subject.ts'

/** What keeps it from happening again: a rule that serves, or the receipt of a stop. */
const fix = z.union(
  [
    z.strictObject({ policy: id, rule: id }),
    z.strictObject({
      stop: line(300).regex(/^[^#\s]+#\d{1,15}$/, 'must be a receipt, like sallyport.local#17'),
    }),
  ],
  'must be { policy, rule } or { stop: a receipt of the log }',
)

const schema = z.strictObject({
  title,
  owner: email,
  foundOn: day,
  /** What happened, without the data it happened to. */
  what: text,
  about: subjects,
  /** How it was kept from going on; written when it was. */
  contained: z.strictObject({ on: day, how: text }, 'must be { on, how }').optional(),
  fix: fix.optional(),
})

export type Incident = z.infer<typeof schema>

/** Something went wrong. An approval closes it; a rejection says that it was none. */
export const incident: Kind<Incident> = {
  kind: 'incident',
  called: 'an incident',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title'],
  deciders: ['security', 'legal', 'owner'],
  mayEnd: true,
  mayLowerClass: false,
  references: ({ about, fix: done }) => [
    ...referencesTo(about),
    ...(done !== undefined && 'policy' in done
      ? [{ field: 'fix.policy', kind: 'policy' as const, id: done.policy }]
      : []),
  ],
  check: ({ foundOn, contained }) =>
    contained !== undefined && contained.on < foundOn
      ? [{ path: ['contained', 'on'], problem: 'must not be before foundOn' }]
      : [],
  beforeApproval: notYetFixed,
  stage: ({ contained }, { state }) => {
    if (state === 'approved') return 'closed'
    if (state === 'rejected') return 'no incident'
    if (state === 'superseded') return undefined
    return contained === undefined ? 'open' : 'contained'
  },
  holdsBack: ({ about, contained }, { id: name, state }) =>
    state === 'approved' || state === 'rejected' || contained !== undefined
      ? undefined
      : { about, why: `the incident ${name} about it is open: write how it was contained, or reject it` },
}

async function notYetFixed(
  { contained, fix: done, foundOn }: Incident,
  { ruleServesSince, stoppedAt }: Approval<Incident>,
): Promise<BodyProblem | undefined> {
  if (contained === undefined)
    return { path: ['contained'], problem: 'it is contained before it is closed: say when and how' }
  if (done === undefined)
    return { path: ['fix'], problem: 'it is closed by a rule that serves, or by the receipt of a stop' }
  const foundMs = startOfDayMs(foundOn) ?? 0
  if ('stop' in done) {
    const stoppedMs = await stoppedAt(done.stop)
    if (stoppedMs !== undefined && stoppedMs >= foundMs) return undefined
    return { path: ['fix', 'stop'], problem: `is no receipt of a stop since ${foundOn}` }
  }
  const sinceMs = ruleServesSince(done.policy, done.rule)
  if (sinceMs === undefined)
    return { path: ['fix', 'rule'], problem: `no such rule of ${done.policy} serves` }
  // A rule that was there before did not keep it from happening.
  if (sinceMs < foundMs)
    return { path: ['fix', 'rule'], problem: `${done.policy} serves as it did before ${foundOn}` }
  return undefined
}
