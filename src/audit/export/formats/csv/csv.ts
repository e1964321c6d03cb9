/**
 * A table for a spreadsheet. Version 1. A cell a spreadsheet could take for a formula gets an apostrophe before it.
 * Source: RFC 4180; OWASP, "CSV Injection" (=, +, -, @, tab, carriage return, and their full-width forms), read in
 * November 2026.
 */
import { printable } from '../../../printable.ts'
import type { EventFormat, ExportEvent } from '../../api.ts'
import { findingsText, outcomeOf, tokensOf } from '../common.ts'

const version = 'csv-1'

const columns = [
  ...[
    'format',
    'id',
    'at',
    'kind',
    'alias',
    'use_case',
    'offering',
    'model',
    'class',
    'leaves_as',
    'findings',
  ],
  ...['decision', 'code', 'rules', 'outcome', 'status', 'input_tokens', 'output_tokens', 'cost_micro_usd'],
  ...['request_id', 'key_id', 'about', 'reason', 'leaf_hash'],
] as const

type Row = Readonly<Partial<Record<(typeof columns)[number], string | number>>>

export const csv = (): EventFormat => ({
  name: 'csv',
  version,
  isJson: false,
  heading: columns.join(','),
  format: (event) => {
    const row: Row = rowOf(event)
    return columns.map((column) => cell(row[column])).join(',')
  },
})

function rowOf(event: ExportEvent): Row {
  const at = new Date(event.atMs).toISOString()
  if (event.is !== 'entry') {
    const reason = event.is === 'checkpoint' ? event.note : ''
    return { format: version, id: event.id, at, kind: event.is, reason }
  }
  const { head, leafHash } = event
  const { kind, facts, alias } = head
  const tokens = tokensOf(facts)
  return withoutUndefined({
    ...{ format: version, id: event.id, at, kind, alias, use_case: facts.useCase },
    ...{ offering: facts.offering, model: facts.model, class: facts.class, leaves_as: facts.leavesAs },
    ...{ findings: findingsText(facts), decision: facts.decision, code: facts.code },
    ...{ rules: facts.rules?.join(' '), outcome: outcomeOf(kind, facts), status: facts.status },
    ...{ input_tokens: tokens?.input, output_tokens: tokens?.output, cost_micro_usd: facts.costMicroUsd },
    ...{ request_id: facts.requestId, key_id: facts.keyId, about: facts.about, reason: facts.reason },
    leaf_hash: leafHash,
  })
}

const withoutUndefined = (row: Readonly<Record<string, string | number | undefined>>): Row =>
  Object.fromEntries(Object.entries(row).filter(([, each]) => each !== undefined))

/** White space and invisible marks before the sign do not keep a spreadsheet from seeing it. */
const formula = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u

export function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const guarded = formula.test(value) ? `'${value}` : value
  const shown = printable(guarded)
  return /[",;]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}
