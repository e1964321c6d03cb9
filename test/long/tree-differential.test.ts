import { test } from 'node:test'
import { compareTrees } from '../support/two-verifiers.ts'

test('10,000 random trees: the same roots, each accepts what the other proves, and both refuse what was changed', () =>
  compareTrees(10_000))
