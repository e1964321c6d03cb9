/** Every kind of record, by name; what each is stands in a file of its own. */
export const recordKinds = [
  'offering',
  'use-case',
  'policy',
  'dataset',
  'pilot',
  'incident',
  'review',
  'control',
  'vendor',
  'tool',
] as const

export type RecordKind = (typeof recordKinds)[number]

export const states = ['proposed', 'approved', 'rejected', 'suspended', 'expired', 'superseded'] as const

export type State = (typeof states)[number]
