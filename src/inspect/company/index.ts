/**
 * Company knowledge: tables, documents and source code a company calls its own. Kept apart from the rest of
 * inspection, so that neither it nor its code reaches a browser.
 */
import { highestClass } from '#/core/data-class.ts'
import { stringHash } from '../string-hash.ts'
import type { KeyedHash, Knowledge, KnowledgeMatcher } from './api.ts'
import { createDocumentMatcher } from './document.ts'
import { createCodeMatcher } from './source-code.ts'
import { createTableMatcher } from './table.ts'

export type {
  KeyedHash,
  Knowledge,
  KnowledgeMatcher,
  KnownCode,
  KnownDocument,
  KnownMatch,
  KnownTable,
} from './api.ts'
export { buildDocument, documentLimits } from './document.ts'
export { buildTable, type TableSource, tableLimits } from './table.ts'

/** Raised when the way of finding changes though nothing that is known does. */
const revision = 1

/** `hash` must be the one the tables were built with. */
export function createKnowledgeMatcher(knowledge: Knowledge, hash: KeyedHash): KnowledgeMatcher {
  const { tables, documents, sourceCode } = knowledge
  const finders = [
    ...tables.map((table) => createTableMatcher(table, hash)),
    ...(documents.length === 0 ? [] : [createDocumentMatcher(documents)]),
    ...(sourceCode === undefined ? [] : [createCodeMatcher(sourceCode)]),
  ]
  return {
    version: stringHash(JSON.stringify([revision, knowledge])),
    highestClass: highestClass(
      [...tables, ...documents, ...(sourceCode === undefined ? [] : [sourceCode])].map((each) => each.class),
    ),
    find: (text) => finders.flatMap((find) => find(text)),
  }
}
