import type { ExchangeDetails } from '#/gateway/api.ts'

/** Everything the page was told of an exchange, as a file. */
export function downloadReceipt(details: ExchangeDetails): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(details, null, 2)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = address
  link.download = `sallyport-receipt-${details.proof.index}.json`
  link.click()
  // The browser has taken the bytes over by the next turn of its loop.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
