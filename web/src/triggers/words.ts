import type { Role } from '#/core/role.ts'
import type { FiringView } from '#/snapshot/triggers/api.ts'

export const triggersHash = 'triggers'

/** As the gate decides it again. */
const seers: readonly Role[] = ['security', 'owner', 'operator', 'auditor']

export const seesTriggers = (roles: readonly Role[]): boolean => roles.some((role) => seers.includes(role))

export const actionWords = {
  alert: 'tell',
  review: 'have somebody look at it',
  stop: 'stop it',
  'roll-back': 'one step back',
} as const satisfies Readonly<Record<FiringView['action'], string>>

const didWords = {
  alert: 'It was told.',
  review: 'Somebody has to look at it.',
  stop: 'It was stopped.',
  'roll-back': 'The version before serves again, until somebody publishes.',
} as const satisfies Readonly<Record<FiringView['action'], string>>

/** On whom or on what it fired. */
export const targetWords = ({ per, target }: Pick<FiringView, 'per' | 'target'>): string =>
  target === '' ? 'everybody' : per === 'person' ? target : `the ${per.replace('-', ' ')} ${target}`

/** What came of it, as a sentence. */
export const cameOf = ({ action, problem }: Pick<FiringView, 'action' | 'problem'>): string =>
  problem === null ? didWords[action] : `It could not be done (${actionWords[action]}): ${problem}`
