import PostalMime from 'postal-mime'
import { readLabels } from '../labels.ts'
import type { PartReader } from '../reading.ts'
import { readMarkup } from './markup.ts'

/** A mail: its headers, its texts in every form they stand, its attachments as files of their own. */
export const readMail: PartReader = async (part, reading) => {
  const mail = await PostalMime.parse(part.bytes, {
    // A mail in a mail is a file inside it: depth counts.
    forceRfc822Attachments: true,
    maxNestingDepth: 32,
    attachmentEncoding: 'arraybuffer',
  })
  const headers = mail.headers.map(({ key, value }) => `${key}: ${value}`)
  reading.addText(part.path, [`subject: ${mail.subject ?? ''}`, ...headers].join('\n'), 'mail')
  for (const label of readLabels(part.path, labelHeader(mail.headers))) reading.addLabel(label)
  if (mail.text !== undefined) reading.addText(part.path, mail.text, 'mail')
  if (mail.html !== undefined) reading.addText(part.path, readMarkup(mail.html, 'html'), 'mail')
  for (const [index, { filename, content }] of mail.attachments.entries()) {
    const name = filename ?? `attachment ${index + 1}`
    if (!reading.takePart()) return reading.addUnread(part.path, 'too-many-parts')
    await reading.readInside(part, name, bytesOf(content))
  }
}

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content)

/** Outlook writes all fields of a label into one header: `msip_labels: MSIP_Label_…_Enabled=true;…`. */
const labelHeader = (headers: readonly { key: string; value: string }[]): [string, string][] =>
  headers
    .filter(({ key }) => key === 'msip_labels')
    .flatMap(({ value }) => value.split(';'))
    .map((field) => {
      const [name = '', ...value] = field.split('=')
      return [name, value.join('=')]
    })
