/**
 * `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID SD MSG`. Facility 13 (log audit); warning for what was refused or
 * failed, else informational. MSGID is the format with its version. The message has no byte order mark: receivers
 * hand it on as part of the text. Source: RFC 5424, section 6.
 */
import type { ExportEvent, FormattedEvent, SinkSurroundings } from '../../api.ts'
import { outcomeOf } from '../../formats/common.ts'

const facility = 13
const warning = 4
const informational = 6

export function formatMessage({ event, line }: FormattedEvent, around: SinkSurroundings): string {
  const { format, product, hostName } = around
  const priority = facility * 8 + (isBad(event) ? warning : informational)
  const time = new Date(event.atMs).toISOString()
  const host = word(hostName, 255)
  const sender = `[origin software="Sallyport" swVersion="${parameter(product.version)}"]`
  return `<${priority}>1 ${time} ${host} sallyport ${process.pid} ${word(format.version, 32)} ${sender}${sequence(event)} ${line}`
}

const isBad = (event: ExportEvent): boolean =>
  event.is === 'entry' && outcomeOf(event.head.kind, event.head.facts) === 'failure'

/** Counts from 1 and starts over after 2147483647. Source: RFC 5424, section 7.3.1. */
const sequence = (event: ExportEvent): string =>
  event.is === 'entry' ? `[meta sequenceId="${(event.head.index % 2_147_483_647) + 1}"]` : ''

/** Printable ASCII without a space, or the mark of what is not there. */
const word = (text: string, most: number): string => text.replace(/[^\x21-\x7e]/g, '').slice(0, most) || '-'

const parameter = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').replace(/["\\\]]/g, '\\$&')
