import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rule, useCase } from '../test-values.ts'
import { ruleRow, ruleTable } from './api.ts'

test('a rule reads as a row: class, tier, what is found, action, what else, owner', () => {
  const written = rule('phi', 'block', {
    families: ['health'],
    types: ['person-name'],
    classes: ['confidential', 'restricted'],
    tiers: ['commercial', 'cloud'],
    channels: ['tool-result'],
    audience: { roles: ['legal'], groups: ['oidc:7a31'] },
    unless: { offering: 'baa' },
    mayMask: true,
  })
  assert.deepEqual(ruleRow({ ...written, packs: ['phi'] }), {
    id: 'phi',
    title: 'Title of phi',
    classes: 'confidential, restricted',
    tiers: 'commercial, cloud',
    finds: 'pack phi, all health, person-name',
    action: 'block',
    also: ['in tool result', 'for legal, oidc:7a31', 'unless the offering has a BAA', 'may be sent masked'],
    owner: 'security@example.com',
  })
})

test('what a rule does not name is any, and no kind of finding is the whole exchange', () => {
  const row = ruleRow(rule('n', 'acknowledge', { notice: 'Read this.', rememberedDays: 7 }))
  assert.deepEqual([row.classes, row.tiers, row.finds], ['any', 'any', 'the whole exchange'])
  assert.deepEqual(row.also, ['notice: Read this.', 'remembered 7 days'])
})

test('classes are called as the company calls them, and two with one name once', () => {
  const names = { confidential: 'Sensitive', restricted: 'Sensitive' }
  const { classes } = ruleRow(
    rule('r', 'block', { classes: ['internal', 'confidential', 'restricted'] }),
    names,
  )
  assert.equal(classes, 'internal, Sensitive')
})

test('the table is what serves: the company first, then use cases with rules of their own', () => {
  const table = ruleTable({
    version: 'v1',
    rules: [rule('company', 'mask', { families: ['contact'], direction: 'answer' })],
    offerings: new Map(),
    useCases: new Map(
      [useCase('plain'), useCase('own', { rules: [rule('mine', 'note', { families: ['contact'] })] })].map(
        (each) => [each.id, each],
      ),
    ),
  })
  assert.deepEqual(
    table.company.map(({ id, also }) => [id, also]),
    [['company', ['in answers']]],
  )
  assert.deepEqual(
    table.useCases.map(({ id, rules }) => [id, rules.map((row) => row.id)]),
    [['own', ['mine']]],
  )
})
