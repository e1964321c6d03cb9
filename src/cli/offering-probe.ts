import type { ProbeAnswer, ProbeView } from '#/register/probes/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

const nameWidth = 14

export const offeringProbe: Command = {
  usage: 'ID',
  about:
    'Measures the connection of an offering of the register: its addresses, TLS and certificate, whether it answers, how the account keeps. What is measured overrules documents. Exits with 1 when no exchange may go there, or it does not answer.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const told = (await callSallyport(asked.world, 'offering.probe', { id })) as ProbeAnswer
    await asked.tell(told, formatProbe(told))
    return told.probe.problems.length === 0 ? exitCodes.ok : exitCodes.refused
  },
}

export function formatProbe({ offering, probe, contradictions, changed, ceiling }: ProbeAnswer): string {
  const row = (name: string, value: string): string => `  ${name.padEnd(nameWidth)} ${value}`
  const { tls, retention, availability } = probe
  return [
    `${offering}, connection ${probe.connection}, ${probe.at ?? 'never'}`,
    row('endpoint', endpointText(probe)),
    row(
      'tls',
      tls === null ? 'not measured' : `${tls.protocol}, certificate of ${tls.issuer} until ${tls.ends}`,
    ),
    ...(retention === null ? [] : [row('retention', `${retention.mode} (${retention.kind})`)]),
    ...(availability === null
      ? []
      : [
          row(
            'answered',
            `${availability.answered} of the last ${availability.probes}, p50 ${availability.p50Ms ?? '-'} ms, p95 ${availability.p95Ms ?? '-'} ms`,
          ),
        ]),
    ...probe.problems.map((problem) => row('problem', problem)),
    ...contradictions.map(({ fact, by, said, measured }) =>
      row('contradiction', `${fact}: ${by} says ${said}, probe says ${measured}`),
    ),
    row('changed', changed.length === 0 ? 'nothing' : changed.join(', ')),
    row('carries', ceiling.class ?? 'nothing'),
  ].join('\n')
}

const endpointText = ({ endpoint, addresses }: ProbeView): string =>
  endpoint === null ? 'not measured' : `${endpoint} (${addresses.join(', ')})`
