import { isAtMost } from '#/core/data-class.ts'
import type { Serving } from '#/register/api.ts'
import { dayOf } from '#/register/state.ts'
import type { LintFinding } from './api.ts'
import type { Lint, LintWorld } from './world.ts'

/** How long before its end an approval is told: as with facts. */
const warnMs = 30 * 86_400_000

/** Use cases nobody can use, or not for all they say. */
export const lintUsable: Lint = ({ snapshot }) =>
  [...snapshot.useCases.values()].flatMap((useCase): readonly LintFinding[] => {
    const about = `use-case/${useCase.id}`
    const there = useCase.offerings.flatMap((id) => snapshot.offerings.get(id) ?? [])
    const carries = (dataClass: typeof useCase.highestClass): boolean =>
      there.some(({ ceiling }) => isAtMost(dataClass, ceiling))
    if (!carries(useCase.contextClass)) {
      return [
        {
          ...{ code: 'use-case-unusable', severity: 'warning', about },
          sentence: `Nobody can use ${useCase.id}: none of its offerings serves and carries ${useCase.contextClass}, the lowest class it has.`,
          why: 'Whoever tries is refused, whatever they send.',
          remedy: 'Approve one of its offerings, name another one, or stop the use case.',
        },
      ]
    }
    if (carries(useCase.highestClass)) return []
    return [
      {
        ...{ code: 'highest-class-uncarried', severity: 'warning', about },
        sentence: `${useCase.id} goes up to ${useCase.highestClass}, and none of its offerings carries that.`,
        why: 'Whatever has this class is refused, although the use case says otherwise.',
        remedy: 'Name an offering that carries it, or lower highestClass.',
      },
    ]
  })

/** Everybody may enter what is restricted, and one of the ways out is a vendor's. */
export const lintEverybody: Lint = ({ snapshot, useCases, offerings }) =>
  useCases.flatMap(({ record }): readonly LintFinding[] => {
    const useCase = snapshot.useCases.get(record.id)
    if (useCase === undefined || useCase.highestClass !== 'restricted' || !useCase.roles.includes('employee'))
      return []
    const outside = useCase.offerings.find((id) => {
      const tier = offerings.find((each) => each.record.id === id)?.record.body.facts.tier?.is
      return tier === 'commercial' || tier === 'consumer'
    })
    if (outside === undefined) return []
    return [
      {
        code: 'everybody-restricted-commercial',
        severity: 'warning',
        about: `use-case/${record.id}`,
        sentence: `Everybody may use ${record.id} up to restricted, and it names ${outside}, which is a vendor's.`,
        why: 'What is found to be restricted never goes there; what nobody finds does, under a use case that invites it.',
        remedy: 'Lower highestClass, name offerings of your own for it, or narrow the audience.',
      },
    ]
  })

/** Groups nothing tells of let nobody in, and keep nobody out. */
export const lintGroups: Lint = ({ useCases, groupSources }) =>
  useCases.flatMap(({ record }) => {
    const { groups = [], deny } = record.body.audience
    const isUnknown = (group: string): boolean => !groupSources.includes(group.slice(0, group.indexOf(':')))
    const there = groupSources.length === 0 ? 'there is none' : `there are: ${groupSources.join(', ')}`
    const about = `use-case/${record.id}`
    const remedy = `Before the colon stands the id of a sign-in provider or of a directory of identity.scim; ${there}.`
    return [
      ...groups.filter(isUnknown).map(
        (group): LintFinding => ({
          ...{ code: 'audience-group-unknown', severity: 'warning', about, remedy },
          sentence: `${record.id} is open to the group ${group}, and nothing tells of its groups.`,
          why: 'Nobody is let in by it.',
        }),
      ),
      ...(deny?.groups ?? []).filter(isUnknown).map(
        (group): LintFinding => ({
          ...{ code: 'denied-group-unknown', severity: 'error', about, remedy },
          sentence: `${record.id} keeps the group ${group} out, and nothing tells of its groups.`,
          why: 'Nobody is kept out by it: those who should be are let in.',
        }),
      ),
    ]
  })

/** Offerings that were approved and no use case names. */
export const lintUnused: Lint = ({ offerings, useCases }) => {
  const named = new Set(useCases.flatMap(({ record }) => record.body.offerings))
  return offerings
    .filter(({ record }) => !named.has(record.id))
    .map(
      ({ record }): LintFinding => ({
        ...{ code: 'offering-unused', severity: 'warning', about: `offering/${record.id}` },
        sentence: `No use case that serves names the offering ${record.id}.`,
        why: 'Nobody can reach it; its contract and its facts are kept for nothing.',
        remedy: 'Name it in a use case, or stop it.',
      }),
    )
}

/** People who answer for something and have no account, each once. */
export const lintOwners: Lint = (world) => {
  const owned = [...world.useCases, ...world.policies, ...world.vendors] as readonly Serving<
    'use-case' | 'policy' | 'vendor'
  >[]
  return owned
    .filter(({ record }) => !world.hasAccount(record.body.owner))
    .map(
      ({ record }): LintFinding => ({
        ...{ code: 'owner-unknown', severity: 'warning', about: `${record.kind}/${record.id}` },
        sentence: `The owner of ${record.kind} ${record.id} has no account here.`,
        why: 'People who are refused are told to ask them, and nobody answers for it here.',
        remedy: 'Let the owner sign in once, or name another one.',
      }),
    )
}

/** Approvals that end within thirty days. */
export const lintEnding: Lint = (world) =>
  servingsIn(world).flatMap(({ record, approval: { untilMs } }): readonly LintFinding[] => {
    if (untilMs === undefined || untilMs - world.nowMs > warnMs) return []
    return [
      {
        ...{ code: 'approval-ends', severity: 'warning', about: `${record.kind}/${record.id}` },
        sentence: `The approval of ${record.kind} ${record.id} ends on ${dayOf(untilMs - 1)}.`,
        why: 'It serves nobody from then on.',
        remedy: 'Look at it again, and approve it anew or let it end.',
      },
    ]
  })

const servingsIn = ({ offerings, useCases, policies, vendors }: LintWorld): readonly Serving[] => [
  ...offerings,
  ...useCases,
  ...policies,
  ...vendors,
]
