/**
 * Milliseconds of a processor that this thread has used: what bounds the work of a test, however busy the machine is with
 * other things meanwhile.
 */
export function processorMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
