import type { Kind } from '../api.ts'

/** What company knowledge is found as; the class is its own where it was given one. */
export const companyRecord: Kind = {
  type: 'company-record',
  family: 'company',
  class: 'confidential',
  label: 'record of a company table',
}

export const companyDocument: Kind = {
  type: 'company-document',
  family: 'company',
  class: 'confidential',
  label: 'part of a company document',
}

export const sourceCode: Kind = {
  type: 'source-code',
  family: 'company',
  class: 'confidential',
  label: 'source code',
}

export const knowledgeKinds: readonly Kind[] = [companyRecord, companyDocument, sourceCode]
