import type { ExchangeDetails } from '#/gateway/api.ts'
import { ask } from '../core/ask.ts'

/** The index behind the `#` of a receipt, or undefined when there is none. */
export function indexOf(receipt: string): number | undefined {
  const digits = /#(\d{1,15})$/.exec(receipt)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

export const readExchange = (index: number, signal: AbortSignal): Promise<ExchangeDetails> =>
  ask<ExchangeDetails>(`/api/exchanges/${index}`, { signal })
