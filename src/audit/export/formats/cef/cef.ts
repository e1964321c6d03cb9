/**
 * ArcSight Common Event Format, CEF:0. In the header `|` and `\` are escaped, in values `=`, `\` and line ends; all
 * other control characters are spelled out, since a line of syslog must not hold any. Custom fields carry their labels.
 * Source: "Implementing ArcSight Common Event Format", version 25 and microfocus.com/documentation/arcsight
 * (CEF implementation standard), read in November 2026. `externalId` may be 40 characters there: choose a short origin.
 */
import { printable } from '../../../printable.ts'
import type { EntryEvent, EventFormat, ExportEvent, Product } from '../../api.ts'
import { findingsText, outcomeOf, tokensOf } from '../common.ts'

const version = 'cef-0/sallyport-1'

export const cef = (product: Product): EventFormat => ({
  name: 'cef',
  version,
  isJson: false,
  format: (event) => {
    const kind = event.is === 'entry' ? event.head.kind : event.is
    const header = [
      'CEF:0',
      'Sallyport',
      'Sallyport',
      product.version,
      kind,
      nameOf(event),
      severityOf(event),
    ]
    const extension = Object.entries(fieldsOf(event))
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([key, value]) => `${key}=${escapeValue(String(value))}`)
    return `${header.map((each) => escapeHeader(String(each))).join('|')}|${extension.join(' ')}`
  },
})

/** A line end has no spelling in the header. */
export const escapeHeader = (text: string): string =>
  printableParts(text, ' ').replaceAll('\\', '\\\\').replaceAll('|', '\\|')

export const escapeValue = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => printable(line).replaceAll('\\', '\\\\').replaceAll('=', '\\='))
    .join('\\n')

const printableParts = (text: string, lineEnd: string): string =>
  text
    .split(/[\r\n]+/)
    .map(printable)
    .join(lineEnd)

function nameOf(event: ExportEvent): string {
  if (event.is === 'checkpoint') return 'Checkpoint of the log'
  if (event.is === 'test') return 'Test of the export'
  const { kind, facts } = event.head
  return `${kind} ${facts.code ?? facts.decision ?? ''}`.trim()
}

/** 0 to 10. */
function severityOf(event: ExportEvent): number {
  if (event.is !== 'entry') return 1
  const { kind, facts } = event.head
  if (kind === 'refusal') return (facts.findings?.length ?? 0) > 0 ? 7 : 4
  if (kind === 'sign-in-failed') return 5
  if (kind === 'alert' || kind === 'key-leaked') return 7
  return outcomeOf(kind, facts) === 'failure' ? 4 : 2
}

type Fields = Readonly<Record<string, string | number | undefined>>

function fieldsOf(event: ExportEvent): Fields {
  return {
    rt: event.atMs,
    externalId: event.id,
    deviceExternalId: event.origin,
    ...(event.is === 'entry' ? entryFields(event) : {}),
    ...(event.is === 'checkpoint' ? { msg: event.note } : {}),
    cs6: version,
    cs6Label: 'format',
  }
}

function entryFields({ head, person, leafHash }: EntryEvent): Fields {
  const { kind, facts, alias } = head
  const tokens = tokensOf(facts)
  return {
    cat: kind,
    act: facts.decision,
    outcome: outcomeOf(kind, facts),
    reason: facts.code ?? facts.reason,
    suid: alias,
    suser: person?.email,
    app: facts.dialect,
    sourceServiceName: facts.useCase,
    destinationServiceName: facts.offering,
    ...labelled('cs1', 'class', facts.class),
    ...labelled('cs2', 'model', facts.model),
    ...labelled('cs3', 'findings', findingsText(facts)),
    ...labelled('cs4', 'rules', facts.rules?.join(',')),
    ...labelled('cs5', 'leafHash', leafHash),
    ...labelled('cn1', 'inputTokens', tokens?.input),
    ...labelled('cn2', 'outputTokens', tokens?.output),
    ...labelled('cn3', 'costMicroUsd', facts.costMicroUsd),
    ...labelled('flexString1', 'requestId', facts.requestId),
    ...labelled('flexString2', 'about', facts.keyId ?? facts.about),
  }
}

const labelled = (field: string, label: string, value: string | number | undefined): Fields =>
  value === undefined || value === '' ? {} : { [field]: value, [`${field}Label`]: label }
