import { hash } from 'node:crypto'
import type { Rule } from '#/policy/api.ts'
import { ruleOf, type WrittenRule } from '#/register/rule.ts'

/** A rule as it serves. One with a notice has a version of everything it says: what else changes in a policy asks nobody again. */
export const servingRule = (written: WrittenRule): Rule =>
  written.action === 'acknowledge'
    ? { ...ruleOf(written), version: hash('sha256', JSON.stringify(written), 'hex').slice(0, 12) }
    : ruleOf(written)
