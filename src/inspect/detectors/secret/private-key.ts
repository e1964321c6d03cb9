import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** A key of 16,384 bits takes about 13,000 characters. What is longer is found up to here. */
const longestBlock = 40_000
/** Shortest line of Base64 that makes the text after a header a key and not prose about keys. */
const shortestLine = 32
/**
 * How far after the header that line begins at most: there may be a few lines about version and cipher. A key is read
 * on no farther than this without another line of it, either.
 */
const longestPreface = 600
/** What is shorter than this at the end of a key without a footer is a word after it. */
const shortestEnd = 16

const header = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y
const footer = /-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y

/** Reads on from the header for as long as it may be a key, so that one cut short is found as well. */
function findBlock(text: string, start: number): readonly Match[] {
  header.lastIndex = start
  if (!header.test(text)) return nothing
  const bodyStart = header.lastIndex
  const body = readBody(text, bodyStart, Math.min(text.length, start + longestBlock))
  if (!body.isKey) return nothing
  footer.lastIndex = body.end
  const isWhole = footer.test(text)
  const end = isWhole ? footer.lastIndex : body.end
  const why = isWhole
    ? 'a PEM block that holds a private key'
    : 'the beginning of a PEM block that holds a private key'
  return [{ start, end, score: 1, isProved: true, why }]
}

interface Body {
  /** Where the footer starts, or the end of the last line of Base64. */
  readonly end: number
  /** A line of Base64 stands soon after the header. */
  readonly isKey: boolean
}

function readBody(text: string, start: number, limit: number): Body {
  let isKey = false
  let line = 0
  let end = start
  let index = start
  for (; index < limit; index++) {
    const code = text.charCodeAt(index)
    if (isBase64(code)) {
      // `\n` in the source of a JSON text or a program ends a line as a real one does.
      const isEscape = line === 0 && text.charCodeAt(index - 1) === 92
      line = isEscape ? 0 : line + 1
      isKey ||= line >= shortestLine
      if (line >= shortestEnd) end = index + 1
    } else if (code === 45) {
      if (text.startsWith('-----', index)) break
      line = 0
    } else if (isAround(code)) line = 0
    else break
    if (index - (isKey ? end : start) > longestPreface) break
  }
  return { end: text.startsWith('-----', index) ? index : end, isKey }
}

const isBase64 = (code: number): boolean => isAlphanumeric(code) || code === 43 || code === 47 || code === 61

/** Line ends, indents, escapes, quotes, comment and quotation marks, and the punctuation of PEM headers. */
const around = new Set([...'\n\r\t \\"\'`>|#*,:;()_@<.'].map((character) => character.charCodeAt(0)))

const isAround = (code: number): boolean => around.has(code)

const blockOf = (kind: string, line: string, lineEnd = '\n'): string =>
  [`-----BEGIN ${kind}-----`, line, line, `-----END ${kind}-----`].join(lineEnd)

const line = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw${'ggSjAgEAAoIBAQC7VJTUt9Us'}`

/** Private keys in PEM: PKCS#1, PKCS#8, EC, DSA, OpenSSH and OpenPGP, whole or cut short, line ends escaped or not. */
export const privateKey: Detector = {
  type: 'private-key',
  family: 'secret',
  class: 'restricted',
  label: 'private key',
  trigger: { literals: ['-----BEGIN '] },
  examine: findBlock,
  proof: 'PEM header and a line of Base64',
  finds: [
    `key:\n«${blockOf('PRIVATE KEY', line)}»\nend`,
    `{"key":"«${blockOf('RSA PRIVATE KEY', line, '\\n')}»\\n"}`,
    `«${blockOf('OPENSSH PRIVATE KEY', line, '\r\n')}»`,
    `«${blockOf('PGP PRIVATE KEY BLOCK', `Version: GnuPG v2\n\n${line}`)}»`,
    `«${blockOf('EC PRIVATE KEY', `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\n${line}`)}»`,
    `cut: «-----BEGIN ENCRYPTED PRIVATE KEY-----\n${line}»`,
    `cut: «-----BEGIN PRIVATE KEY-----\n${line}\n${line}»\n\nPlease tell me what is wrong with it.`,
    `«${blockOf('PRIVATE KEY', line)}»${blockOf('PUBLIC KEY', line)}`,
  ],
  ignores: [
    'a file that starts with -----BEGIN RSA PRIVATE KEY----- is a key and must not be pasted into anything',
    blockOf('PUBLIC KEY', line),
    blockOf('CERTIFICATE', line),
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '-----BEGIN -----BEGIN -----BEGIN ',
    `-----BEGIN PRIVATE KEY----- begins a key. ${'Words follow it for a while. '.repeat(30)}${'a1'.repeat(20)}`,
  ],
  source: 'RFC 7468; RFC 4880, section 6.2; OpenSSH PROTOCOL.key',
}
