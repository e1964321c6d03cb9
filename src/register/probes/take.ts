import type { FactValue } from '../catalogue/api.ts'
import { type Fact, hasEnded } from '../fact.ts'
import type { OfferingFacts } from '../kinds/offering.ts'
import { dayOf } from '../state.ts'
import type { Measured, Probed } from './api.ts'
import { endpointOf } from './endpoint.ts'
import { factsOfRetention } from './retention.ts'

interface Asked {
  readonly connection: string
  readonly target: string
  readonly atMs: number
  /** So many days a fact that speaks for an offering serves without being measured again. */
  readonly factDays: number
}

const dayMs = 86_400_000

/**
 * What is known after one more probe. What it could not measure stays as it was. A fact that speaks for an offering ends when
 * nobody measures it again; one that speaks against it has no end: a defect is not gone because nobody looked.
 */
export function take(before: Probed | undefined, measured: Measured, asked: Asked): Probed {
  const { connection, target, atMs, factDays } = asked
  const known = before?.target === target ? before : undefined
  const said = saidBy(measured)
  const facts: Record<string, Fact<FactValue>> = { ...(known?.facts as Record<string, Fact<FactValue>>) }
  for (const [name, { is, source }] of Object.entries(said)) {
    const until = isAdverse(name, is) ? {} : { until: dayOf(atMs + factDays * dayMs) }
    facts[name] = { is, source, asOf: dayOf(atMs), ...until, by: 'probe' }
  }
  return {
    connection,
    target,
    atMs,
    facts: facts as Partial<OfferingFacts>,
    addresses: measured.addresses ?? known?.addresses,
    tls: measured.tls ?? known?.tls,
    retention: measured.retention ?? known?.retention,
    problems: measured.problems,
  }
}

/** Only what is worse than before, on top of what was known: it serves before anything is written down. */
export function onlyWorse(before: Probed | undefined, after: Probed): Probed {
  const known = before?.target === after.target ? before : undefined
  const worse = Object.entries(after.facts).filter(
    ([name, fact]) => fact !== undefined && isAdverse(name, fact.is),
  )
  return {
    ...after,
    facts: { ...known?.facts, ...Object.fromEntries(worse) },
    tls: after.tls?.problem === null ? known?.tls : after.tls,
  }
}

/** Speaks against an offering: it may carry less with it than without. */
export const isAdverse = (name: string, is: FactValue): boolean =>
  (name === 'privateEndpoint' && is === false) ||
  (name === 'retentionDays' && is !== 0) ||
  (name === 'zeroRetention' && is !== 'active') ||
  (name === 'makerReceives' && is === true)

type Said = Readonly<Record<string, { readonly is: FactValue; readonly source: string }>>

function saidBy({ addresses, retention }: Measured): Said {
  const endpoint = endpointOf(addresses)
  const ofRetention = retention === undefined ? {} : factsOfRetention(retention)
  return {
    // A name of this machine says nothing of what a program behind it does.
    ...(endpoint === null || endpoint === 'this machine'
      ? {}
      : {
          privateEndpoint: {
            is: endpoint === 'private',
            source: `Its name resolves to ${endpoint} addresses.`,
          },
        }),
    ...Object.fromEntries(
      Object.entries(ofRetention).map(([name, is]) => [
        name,
        { is, source: `The account at the provider is set to ${retention?.mode}.` },
      ]),
    ),
  }
}

/** Names of facts that differ from those before, `tls` and `certificate` among them. */
export function differing(earlier: Probed | undefined, after: Probed, nowMs: number): readonly string[] {
  const before = earlier?.target === after.target ? earlier : undefined
  const valueIn = (probed: Probed | undefined, name: string): FactValue | undefined => {
    const fact = (probed?.facts as Record<string, Fact<FactValue> | undefined> | undefined)?.[name]
    return fact === undefined || hasEnded(fact, nowMs) ? undefined : fact.is
  }
  const names = Object.keys(after.facts).filter((name) => valueIn(before, name) !== valueIn(after, name))
  const [old, now] = [before?.tls, after.tls]
  const isOtherTls = old?.protocol !== now?.protocol || old?.problem !== now?.problem
  const isOtherCertificate = old?.issuer !== now?.issuer || old?.ends !== now?.ends
  return [...names, ...(isOtherTls ? ['tls'] : []), ...(isOtherCertificate ? ['certificate'] : [])]
}
