import type { Contradiction, ProbeView } from '#/register/probes/api.ts'

/** What was measured as rows: a name and a text. Nothing measured gives no row. */
export function probeRows(probe: ProbeView): readonly (readonly [name: string, text: string])[] {
  const { endpoint, addresses, tls, retention, availability } = probe
  return [
    ...(endpoint === null ? [] : [['Endpoint', `${endpoint}: ${addresses.join(', ')}`] as const]),
    ...(tls === null
      ? []
      : [['TLS', `${tls.protocol}, certificate of ${tls.issuer} until ${tls.ends.slice(0, 10)}`] as const]),
    ...(retention === null ? [] : [['Retention', `${retention.mode} (${retention.kind})`] as const]),
    ...(availability === null ? [] : [['Answered', answeredText(availability)] as const]),
  ]
}

const answeredText = ({ probes, answered, p50Ms, p95Ms }: NonNullable<ProbeView['availability']>): string =>
  `${answered} of the last ${probes} probes${p50Ms === null ? '' : `, half within ${p50Ms} ms, 95 % within ${p95Ms} ms`}`

const sources = { doc: 'document', contract: 'contract', probe: 'record' } as const

/** `privateEndpoint: document says true, probe says false. The probe counts.` */
export const contradictionText = ({ fact, by, said, measured }: Contradiction): string =>
  `${fact}: ${sources[by]} says ${said}, probe says ${measured}. The probe counts.`

/** A measured fact nobody measured again: the record counts once more. */
export const endedText = ({ facts }: ProbeView): readonly string[] =>
  facts
    .filter(({ hasEnded }) => hasEnded)
    .map(({ fact, until }) => `${fact} was last measured for ${until}: the record counts again.`)
