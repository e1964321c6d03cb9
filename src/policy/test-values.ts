/** Rules, offerings and use cases as a snapshot holds them, for tests. */
import type { DataClass } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'
import type { Denied, Rule, UsableOffering, UsableUseCase } from './api.ts'

export const nobody: Denied = { roles: [], people: [], groups: [] }

export const rule = (id: string, action: Action, more: Partial<Rule> = {}): Rule => ({
  id,
  title: `Title of ${id}`,
  types: [],
  families: [],
  channels: [],
  action,
  mayMask: false,
  direction: 'request',
  owner: 'security@example.com',
  ...more,
})

export const offering = (
  id: string,
  ceiling: DataClass,
  more: Partial<UsableOffering> = {},
): UsableOffering => ({
  id,
  title: `Offering ${id}`,
  aliases: [],
  connection: 'line',
  provider: 'compatible',
  model: 'm',
  ceiling,
  ceilingReasons: [],
  tier: 'commercial',
  processor: 'Kestrel Cloud',
  region: 'eu',
  retentionDays: 0,
  isZeroRetention: true,
  zeroRetentionExcept: [],
  trains: 'never',
  hasDpa: true,
  hasBaa: true,
  recordVersion: 1,
  approvedBy: ['security@example.com'],
  priceMicroUsdPerMillionTokens: undefined,
  untilMs: undefined,
  deny: nobody,
  ...more,
})

export const useCase = (id: string, more: Partial<UsableUseCase> = {}): UsableUseCase => ({
  id,
  title: `Use case ${id}`,
  owner: 'owner@example.com',
  purpose: 'test',
  highestClass: 'restricted',
  contextClass: 'public',
  offerings: ['commercial', 'own'],
  roles: ['employee'],
  people: [],
  groups: [],
  grants: new Map(),
  deny: nobody,
  isListed: false,
  rules: [],
  unread: 'refuse',
  unreadClass: 'confidential',
  exit: undefined,
  outside: [],
  tools: undefined,
  notice: undefined,
  needsReview: false,
  keepsContent: true,
  budget: undefined,
  recordVersion: 3,
  approvedBy: ['owner@example.com'],
  untilMs: undefined,
  ...more,
})
