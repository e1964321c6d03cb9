import { isInsideAtStart } from '../../boundary.ts'

const scheme =
  /(?:https?|ftps?|sftp|smb|nfs|ldaps?|wss?|ssh|git|postgres(?:ql)?|mysql|mongodb|rediss?|amqps?|kafka):\/\/$/i

/** The scheme of an address that ends right before its host, with `://`; empty when there is none. */
export function schemeBefore(text: string, host: number): string {
  const found = scheme.exec(text.slice(Math.max(0, host - 14), host))?.[0] ?? ''
  return isInsideAtStart(text, host - found.length) ? '' : found
}
