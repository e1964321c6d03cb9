/**
 * The entry as the log has it: the stored header under `header`, with its id and its hash beside it. Version 1.
 * Characters that could act on a terminal are escaped inside the JSON, which means the same; `leafHash` is of the
 * stored bytes.
 */
import { printableText } from '../../../printable.ts'
import type { EventFormat, ExportEvent } from '../../api.ts'

const version = 'sallyport-1'

export const sallyport = (): EventFormat => ({
  name: 'sallyport',
  version,
  isJson: true,
  format: (event) => printableText(format(event)),
})

function format(event: ExportEvent): string {
  const start = `{"format":"${version}","id":${JSON.stringify(event.id)},"at":"${new Date(event.atMs).toISOString()}"`
  if (event.is === 'test') return `${start},"test":true}`
  if (event.is === 'checkpoint') return `${start},"checkpoint":${JSON.stringify(event.note)}}`
  const person = event.person === undefined ? '' : `,"person":${JSON.stringify(event.person)}`
  return `${start}${person},"leafHash":"${event.leafHash}","header":${event.head.header}}`
}
