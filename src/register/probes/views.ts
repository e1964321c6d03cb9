import type { FactValue } from '../catalogue/api.ts'
import { type Fact, hasEnded } from '../fact.ts'
import type { Availability, Probed, ProbeView } from './api.ts'
import { endpointOf } from './endpoint.ts'
import type { Run } from './store.ts'

/** As the page and the command line show it. */
export function probeView(
  connection: string,
  probed: Probed | undefined,
  runs: readonly Run[],
  nowMs: number,
): ProbeView {
  const facts = Object.entries((probed?.facts ?? {}) as Record<string, Fact<FactValue>>)
  return {
    connection,
    at: probed === undefined ? null : new Date(probed.atMs).toISOString(),
    endpoint: endpointOf(probed?.addresses),
    addresses: probed?.addresses ?? [],
    tls: probed?.tls ?? null,
    retention: probed?.retention ?? null,
    facts: facts.map(([fact, said]) => ({
      fact,
      is: said.is,
      until: said.until ?? null,
      hasEnded: hasEnded(said, nowMs),
    })),
    availability: availabilityOf(runs),
    problems: probed?.problems ?? [],
  }
}

/** Null when nothing was asked yet. Quantiles are the nearest rank. */
export function availabilityOf(runs: readonly Run[]): Availability | null {
  if (runs.length === 0) return null
  const answered = runs.filter(({ isAvailable }) => isAvailable)
  const times = answered.flatMap(({ latencyMs }) => latencyMs ?? []).sort((one, other) => one - other)
  const quantile = (share: number): number | null => times[Math.ceil(share * times.length) - 1] ?? null
  return {
    probes: runs.length,
    answered: answered.length,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
  }
}
