/** How long a stop waits for a provider; one that is away must not hold it up. */
const stopMs = 2_000

/** Resolves with `work`, or after two seconds. */
export async function withinAMoment(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, stopMs)
  })
  await Promise.race([work, enough])
  clearTimeout(timer)
}
