import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Settings } from '#/settings/api.ts'
import { recordKinds } from '../api.ts'
import { readCatalogueOfferings } from '../catalogue/read-catalogue.ts'
import { viewOfCatalogue } from '../catalogue/view.ts'
import { kindOf } from '../kinds/index.ts'
import type { ProbeView } from '../probes/api.ts'
import type { Probes } from '../probes/probes.ts'
import type { Register } from '../register.ts'
import { answersShape } from './answers.ts'
import type {
  Approvers,
  ConnectionView,
  FirstRunAnswers,
  FirstRunPlan,
  FirstRunView,
  FirstRunWritten,
  ProviderChoice,
} from './api.ts'
import { connectingOf, homeOf } from './connect.ts'
import { draftRecords } from './plan.ts'

export interface FirstRunServices {
  readonly register: Register
  readonly probes: Pick<Probes, 'probe' | 'view'>
  readonly connections: Settings['connections']
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  readonly now: () => number
}

export interface FirstRun {
  readonly view: (by: Pick<Person, 'id'> | undefined) => FirstRunView
  /** What the answers would write; nothing is written. Throws `first-run-over`, `request-invalid`. */
  readonly plan: (answers: unknown) => Promise<FirstRunPlan>
  /** The same as proposals of this person. Throws `plan-outdated` when another plan has come of it, too. */
  readonly write: (answers: FirstRunAnswers, digest: string, by: Person) => Promise<FirstRunWritten>
  /** Asks a connection for what costs nothing. Throws `request-invalid` where there is nothing to ask. */
  readonly tryConnection: (connection: string, by: Person) => Promise<ProbeView>
}

const fileName = 'first-run.yaml'
/** The list is to be recognised, not to be worked with: the register has all of them. */
const shownWritten = 100

export function openFirstRun(services: FirstRunServices): FirstRun {
  const { register, probes, connections, now } = services

  const draft = (answers: FirstRunAnswers) => {
    if (writtenSince(register).length > 0) throw new Refusal('first-run-over')
    return draftRecords(answers, {
      useCases: register.list('use-case'),
      policies: register.list('policy'),
      isInProcess: (offering) => {
        const connection = register.find('offering', offering)?.versions.at(-1)?.body.connection ?? ''
        return Object.hasOwn(connections, connection) && connections[connection]?.url === undefined
      },
      isConnected: (connection) => Object.hasOwn(connections, connection),
      nowMs: now(),
    })
  }
  const filesOf = (text: string) => ({ files: [{ name: fileName, text }] })

  return {
    view: (by) => {
      const written = writtenSince(register)
      return {
        isOpen: written.length === 0,
        written: written.slice(0, shownWritten),
        connections: viewConnections(connections),
        choices: choicesAt(now()),
        approvers: approversBut(by, services),
      }
    },
    plan: async (asked) => {
      const drafted = draft(readWith(answersShape, asked))
      const { plan, digest } = await register.apply({
        ...filesOf(drafted.text),
        by: 'first-run',
        dryRun: true,
      })
      return { ...drafted, plan, digest }
    },
    write: async (answers, digest, by) => {
      const drafted = draft(answers)
      const missing = drafted.offerings.findIndex(({ isConnected }) => !isConnected)
      if (missing !== -1) {
        const problem =
          'is not in the settings: write its lines there, start Sallyport again, or leave the provider out'
        throw new Refusal('request-invalid', { field: `providers.${missing}.connection`, problem })
      }
      const { plan } = await register.applyAs(
        { ...filesOf(drafted.text), digest },
        { id: by.id, name: by.email },
      )
      return { plan, approvers: approversBut(by, services) }
    },
    tryConnection: async (connection, by) => {
      await probes.probe(connection, by.id)
      const view = probes.view(connection)
      if (view === undefined) throw new Error(`the connection ${connection} was probed and has no view`)
      return view
    },
  }
}

/** What is there beside what a file brought into the empty register. */
const writtenSince = (register: Pick<Register, 'list'>): FirstRunView['written'] =>
  recordKinds.flatMap((kind) =>
    register.list(kind).flatMap(({ id, versions }) => {
      const since = versions.filter(({ by }) => by.id !== 'bootstrap').at(-1)
      return since === undefined ? [] : [{ kind, id, title: since.body.title }]
    }),
  )

const viewConnections = (connections: Settings['connections']): readonly ConnectionView[] =>
  Object.entries(connections).map(([id, { kind, url, credential }]) => ({
    id,
    kind,
    host: url === undefined ? null : new URL(url).host,
    hasCredential: credential !== undefined,
  }))

/** What a company may connect: private accounts are none of it. */
const choicesAt = (nowMs: number): readonly ProviderChoice[] =>
  readCatalogueOfferings().flatMap((offering): ProviderChoice[] => {
    const tier = offering.facts.tier?.is
    if (tier === undefined || tier === 'consumer') return []
    const { class: ceiling, reasons } = viewOfCatalogue(offering, nowMs).ceiling
    const { id, title, platform, setting } = offering
    return [
      {
        ...{ id, title, platform, setting: setting ?? null, ceiling, reasons },
        tier: tier as ProviderChoice['tier'],
        home: homeOf(offering) ?? null,
        connecting: connectingOf(offering),
      },
    ]
  })

/** The roles that decide about all that is written, and who has one of them. */
function approversBut(
  by: Pick<Person, 'id'> | undefined,
  { holdersOf }: Pick<FirstRunServices, 'holdersOf'>,
): Approvers {
  const others = (['use-case', 'policy'] as const).map((kind) => kindOf(kind).deciders)
  const roles = kindOf('offering').deciders.filter((role) => others.every((each) => each.includes(role)))
  const people = holdersOf(roles).filter(({ id }) => id !== by?.id)
  return { roles, people: people.map(({ email }) => email).slice(0, shownWritten) }
}
