import type { DataClass } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'
import type { DecisionView, QuorumView, RecordView, State, Verdict, VersionView } from '#/register/api.ts'

/** What a person fills in to decide. Empty texts are choices not made. */
export interface Words {
  readonly verdict: Verdict
  readonly reason: string
  /** The last day of an approval, `2027-03-31`. */
  readonly until: string
  readonly highestClass: DataClass | ''
}

/** Which verdicts mean something for a version. Rules that serve are only ever replaced, so there is none for them. */
export function verdictsFor(
  { mayEnd }: Pick<RecordView, 'mayEnd'>,
  { state }: Pick<VersionView, 'state'>,
): readonly Verdict[] {
  if (state === 'approved') return mayEnd ? ['suspend', 'stop', 'approve'] : []
  return ['approve', 'reject']
}

/** The newest version, and older ones that serve or would serve again: what was replaced or rejected is past. */
export const isDecidable = ({ versions }: Pick<RecordView, 'versions'>, version: VersionView): boolean =>
  version === versions[0] || ['approved', 'suspended', 'expired'].includes(version.state)

/** Whoever wrote the material words of a version may do anything about it but approve it. */
export const wroteIt = (
  { versions }: Pick<RecordView, 'versions'>,
  { hash }: Pick<VersionView, 'hash'>,
  email: string,
): boolean => versions.some((each) => each.hash === hash && each.by === email)

/** Who may say what: holding something up takes less than letting it serve. */
export const isOpenTo = (
  verdict: Verdict,
  { deciders }: Pick<RecordView, 'deciders'>,
  { quorum }: Pick<VersionView, 'quorum'>,
  roles: readonly Role[],
): boolean =>
  quorum.roles.some((role) => roles.includes(role)) ||
  (verdict !== 'approve' && deciders.some((role) => roles.includes(role)))

/** Who decides. */
interface Decider {
  readonly email: string
  readonly roles: readonly Role[]
}

/** How many more must approve after this person: saying yes again adds nothing, nor does a role that has spoken. */
function leftAfter({ voices, ofOneRole, given, roles }: QuorumView, { email, roles: held }: Decider): number {
  const others = given.filter(({ by }) => by !== email)
  const adds = roles.some(
    (role) => held.includes(role) && (ofOneRole === true || others.every((voice) => voice.role !== role)),
  )
  return Math.max(0, voices - others.length - (adds ? 1 : 0))
}

export function meaningOf(verdict: Verdict, state: State, quorum: QuorumView, decider: Decider): string {
  switch (verdict) {
    case 'approve': {
      const left = leftAfter(quorum, decider)
      if (state !== 'approved' && left > 0)
        return `Approve, with your role: it serves once ${left === 1 ? 'one more has' : `${left} more have`}${quorum.ofOneRole === true ? '' : ', of other roles'}`
      return state === 'approved' ? 'Approve it again, on other terms' : 'Approve: it serves from now on'
    }
    case 'reject':
      return 'Reject: it does not serve'
    case 'suspend':
      return 'Suspend this version until somebody approves it again'
    case 'stop':
      return 'Stop every version at once'
  }
}

/** The body of `POST /api/decisions`. Terms belong to an approval only. */
export function decisionOf(
  { kind, id, decided }: Pick<RecordView, 'kind' | 'id' | 'decided'>,
  { version }: Pick<VersionView, 'version'>,
  { verdict, reason, until, highestClass }: Words,
): Readonly<Record<string, unknown>> {
  const isApproval = verdict === 'approve'
  return {
    kind,
    id,
    version,
    verdict,
    reason: reason.trim(),
    seen: decided,
    ...(isApproval && until !== '' ? { until } : {}),
    ...(isApproval && highestClass !== '' ? { conditions: { highestClass } } : {}),
  }
}

/** `approve, up to internal, until 2027-03-31`: the last day, not the moment after it. */
export function verdictText({ verdict, conditions, until }: DecisionView): string {
  const terms = [
    ...(conditions.highestClass === undefined ? [] : [`up to ${conditions.highestClass}`]),
    ...(until === null ? [] : [`until ${new Date(Date.parse(until) - 1).toISOString().slice(0, 10)}`]),
  ]
  return [verdict, ...terms].join(', ')
}
