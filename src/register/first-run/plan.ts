import { stringify } from 'yaml'
import { Refusal } from '#/core/refusal.ts'
import type { RecordHistory } from '../api.ts'
import { readCatalogueOfferings } from '../catalogue/read-catalogue.ts'
import type { Policy } from '../kinds/policy.ts'
import { stateOf } from '../state.ts'
import type { FirstRunAnswers, FirstRunPlan } from './api.ts'
import { type DraftedOffering, draftOfferings } from './offerings.ts'
import { preferenceFor } from './preference.ts'
import { matrixOf, readScheme, rulesFor } from './rules.ts'
import { draftUseCases } from './use-cases.ts'

export interface Ground {
  readonly useCases: readonly RecordHistory<'use-case'>[]
  readonly policies: readonly RecordHistory<'policy'>[]
  /** Whether it runs in this process: then it is no provider. */
  readonly isInProcess: (offering: string) => boolean
  readonly isConnected: (connection: string) => boolean
  readonly nowMs: number
}

export type Drafted = Omit<FirstRunPlan, 'plan' | 'digest'>

const policyId = 'company-rules'

/** All records for these answers, as one file. Throws `request-invalid` for an entry of the catalogue there is none of. */
export function draftRecords(answers: FirstRunAnswers, ground: Ground): Drafted {
  const today = new Date(ground.nowMs).toISOString().slice(0, 10)
  if (answers.exit !== undefined && answers.exit.testedOn > today)
    throw refuse('exit.testedOn', 'it cannot have been tested on a day to come')
  const offerings = draftOfferings(answers, (index) => entryOf(answers, index), { ...ground, today })
  const scheme = readScheme(answers.classes.scheme)
  const policy = policyFor(answers, scheme, offerings, servingPolicy(ground))
  const useCases = draftUseCases(answers, offerings, ground.useCases, ground.isInProcess)
  const records = [
    ...offerings.map(({ planned, body }) => ({ kind: 'offering', id: planned.id, ...body })),
    ...useCases.map(({ id, body }) => ({ kind: 'use-case', id, ...body })),
    { kind: 'policy', id: policyId, ...policy },
  ]
  const comment = '# The answers of the first run, as records. They wait until somebody else approves them.'
  return {
    // Without anchors: each record can be read by itself.
    text: `${comment}\n${stringify({ records }, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    matrix: matrixOf(policy.rules, scheme),
    offerings: offerings.map(({ planned }) => planned),
    notes: notesFor(answers, offerings),
  }
}

function entryOf({ providers }: FirstRunAnswers, index: number) {
  const name = providers[index]?.offering
  const entry = readCatalogueOfferings().find(({ id }) => id === name)
  if (entry === undefined)
    throw refuse(`providers.${index}.offering`, 'is in no catalogue: see "sallyport offering list"')
  if (entry.facts.tier?.is === 'consumer')
    throw refuse(`providers.${index}.offering`, 'is a private account, which carries nothing of a company')
  return entry
}

const refuse = (field: string, problem: string) => new Refusal('request-invalid', { field, problem })

function servingPolicy({ policies, nowMs }: Ground): Policy | undefined {
  const history = policies.find(({ id }) => id === policyId)
  return history && (stateOf(history, nowMs).serving?.record ?? history.versions.at(-1))?.body
}

/** A new version of the company's rules: with all it had, and what the answers add. */
function policyFor(
  answers: FirstRunAnswers,
  scheme: Policy,
  offerings: readonly DraftedOffering[],
  serving: Policy | undefined,
) {
  const { owner, classes } = answers
  const had = new Set(serving?.terms.map(({ term }) => term.toLowerCase()))
  const terms = classes.examples.filter(({ term }) => !had.has(term.toLowerCase()))
  const preference = preferenceFor(answers, offerings)
  return {
    ...(serving ?? { title: 'Company rules' }),
    owner,
    rules: rulesFor(answers, scheme, serving?.rules ?? []),
    terms: [...(serving?.terms ?? []), ...terms],
    classNames: scheme.classNames,
    ...(preference === undefined ? {} : { preference }),
  }
}

function notesFor({ providers, exit, direct }: FirstRunAnswers, offerings: readonly DraftedOffering[]) {
  const missing = offerings.filter(({ planned }) => !planned.isConnected)
  const unused = offerings.filter(({ planned }) => planned.tier === 'commercial' && direct === 'none')
  return [
    ...(offerings.length === 0
      ? ['No provider is connected: the demo model goes on answering, and only the rules are written.']
      : []),
    ...missing.map(
      ({ planned }) =>
        `The connection ${planned.connection} is not in the settings: write its lines, start Sallyport again, and look again.`,
    ),
    ...unused.map(
      ({ planned }) => `${planned.id} carries nothing: by these answers nothing goes to a vendor.`,
    ),
    ...offerings.flatMap(({ planned }) =>
      planned.ceiling === null ? [`${planned.id} carries nothing: ${planned.reasons[0] ?? ''}`] : [],
    ),
    ...offerings.flatMap(({ notes }) => notes),
    ...(providers.length > 0 && exit === undefined
      ? ['No exit is named: where one goes when the first provider fails, and when that was tried.']
      : []),
  ]
}
