import { Refusal } from '#/core/refusal.ts'
import type { Author, PlanStep } from '../api.ts'
import type { Register } from '../register.ts'
import {
  acceptableUse,
  acceptableUseBody,
  acceptableUseDraft,
  acceptableUseId,
  acceptableUseTitle,
} from './acceptable-use.ts'
import { type CountableLog, createActs } from './acts.ts'
import { type Coverage, type Guide, type ReadableDocument, usualDays } from './api.ts'
import { coverageOf, type Ground, readableDocuments, type ServingSlice } from './coverage.ts'
import { guideOf } from './guide.ts'
import { templateMarkdown } from './markdown.ts'

export interface DocumentServices {
  readonly register: Pick<Register, 'list' | 'find' | 'propose'>
  readonly log: CountableLog
  /** What exchanges are decided by at this moment. */
  readonly serving: () => ServingSlice
  readonly now: () => number
}

export interface Documents {
  /** What serves, for everybody. */
  readonly readable: () => readonly ReadableDocument[]
  /** Of every policy with a document, or of one: throws `not-found` then. */
  readonly coverage: (asked: {
    readonly days: number
    readonly policy?: string | undefined
  }) => Promise<Coverage>
  readonly guide: () => Promise<Guide>
  /** The template as a person reads it, and as a file for `apply`. */
  readonly acceptableUse: (owner: string) => { readonly markdown: string; readonly draft: string }
  /** The same as a record that waits. Throws `request-invalid` where there is one already, and what the register throws. */
  readonly proposeAcceptableUse: (by: Author) => Promise<PlanStep>
}

/** Documents are records; what keeps them is looked up whenever somebody asks. Nothing is stored here. */
export function openDocuments({ register, log, serving, now }: DocumentServices): Documents {
  const actsOf = createActs(log, now)
  const ground = (): Ground => ({ records: register, slice: serving(), nowMs: now() })
  return {
    readable: () => readableDocuments(ground()),
    coverage: async ({ days, policy }) => {
      const coverage = coverageOf(ground(), await actsOf(days), days, policy)
      if (policy !== undefined && coverage.documents.length === 0)
        throw new Refusal('not-found', { what: 'policy with a document' })
      return coverage
    },
    guide: async () => guideOf(ground(), await actsOf(usualDays)),
    acceptableUse: (owner) => {
      const document = acceptableUse(ground(), owner)
      return {
        markdown: templateMarkdown(acceptableUseTitle, document),
        draft: acceptableUseDraft(document, owner),
      }
    },
    proposeAcceptableUse: async (by) => {
      if (register.find('policy', acceptableUseId) !== undefined) {
        const problem = `there is a policy ${acceptableUseId} already: edit that one`
        throw new Refusal('request-invalid', { field: 'id', problem })
      }
      const body = acceptableUseBody(acceptableUse(ground(), by.name), by.name)
      return register.propose('policy', acceptableUseId, body, by)
    },
  }
}
