/** What the gateway and the command line use of reading files. */
export type {
  AttachmentContent,
  LabelClasses,
  ReadText,
  SensitivityLabel,
  TextKind,
  UnreadPart,
  UnreadReason,
} from './api.ts'
export { unreadReasons } from './api.ts'
export { type AttachmentBounds, attachmentBounds } from './bounds.ts'
export { decodeText, isOfStatedType } from './file-type.ts'
export { delimitedRows } from './formats/delimited.ts'
export { classOfLabels } from './labels.ts'
export { type AttachmentReader, type AttachmentReaderOptions, createAttachmentReader } from './reader.ts'
