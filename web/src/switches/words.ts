import type { Role } from '#/core/role.ts'
import type { DrillReport, SwitchScope, SwitchView } from '#/snapshot/switches/api.ts'

export const switchesHash = 'switches'

/** As the gate decides it again. Owners of use cases find the page under their account. */
const seers: readonly Role[] = ['security', 'operator', 'owner', 'auditor']

export const seesSwitches = (roles: readonly Role[]): boolean => roles.some((role) => seers.includes(role))

export const scopeWords: Readonly<Record<SwitchScope, string>> = {
  all: 'everything',
  offering: 'an offering',
  'use-case': 'a use case',
  person: 'a person',
  tool: 'a tool',
  key: 'a key',
}

export const targetWords: Readonly<Record<Exclude<SwitchScope, 'all'>, string>> = {
  offering: 'Which offering',
  'use-case': 'Which use case',
  person: 'Whose: e-mail address or id',
  tool: 'Which tool: its name in requests',
  key: 'Which key: its id',
}

export function titleOf({ scope, name }: Pick<SwitchView, 'scope' | 'name'>): string {
  switch (scope) {
    case 'all':
      return 'Everything'
    case 'person':
      return name
    default:
      return `The ${scope.replace('-', ' ')} ${name}`
  }
}

export const timeOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`

/** What a drill measured, as sentences. */
export function reportWords(report: DrillReport): readonly string[] {
  const { cut, slowestMs, refused, people, asks, isInterrupted } = report
  if (isInterrupted) return ['Sallyport ended before the drill did: nothing is known of it.']
  const asked = asks.length === 0 ? 'security or an owner' : asks.join(', ')
  return [
    cut === 0
      ? 'No answer was being written.'
      : `Answers under way that would have been cut: ${cut}, the last of them after ${slowestMs} ms.`,
    `New requests that would have been refused or gone elsewhere: ${refused}.`,
    `People who would have been told: ${people}. Whom to ask: ${asked}.`,
  ]
}

/** The form of a stop, as typed. */
export interface StopWords {
  readonly scope: SwitchScope
  readonly target: string
  readonly reason: string
  readonly minutes: string
  readonly isDrill: boolean
}

export const emptyStop = (mayStop: readonly SwitchScope[]): StopWords => ({
  scope: mayStop[0] ?? 'all',
  target: '',
  reason: '',
  minutes: '',
  isDrill: false,
})

export const stopOf = ({ scope, target, reason, minutes, isDrill }: StopWords): object => ({
  scope,
  target: scope === 'all' ? '' : target.trim(),
  reason: reason.trim(),
  drill: isDrill,
  ...(minutes === '' ? {} : { minutes: Number(minutes) }),
})
