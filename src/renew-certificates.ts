import { statSync } from 'node:fs'
import type { Clock } from '#/core/clock.ts'
import type { WriteLine } from '#/core/log-line.ts'
import type { TlsSettings } from '#/settings/api.ts'
import { type Certificates, readCertificates } from '#/settings/certificates.ts'
import { describeProblems } from '#/settings/problem.ts'

export interface RenewServices {
  readonly tls: TlsSettings
  /** Those that are served now. */
  readonly certificates: Certificates
  readonly apply: (certificates: Certificates) => void
  readonly clock: Clock
  readonly writeLine: WriteLine
}

export interface Renewal {
  /** Reads the files again, changed or not. */
  readonly now: () => void
  /** Reads them again when one has changed; says when the certificate is about to end. Called every few seconds. */
  readonly look: () => void
  readonly end: () => void
}

const lookMs = 5_000
const dayMs = 86_400_000
/** What renews certificates by itself has done so by then: it begins at a third of their life, ninety days as a rule. */
const nearEndMs = 14 * dayMs

/**
 * Certificates change while Sallyport runs: what was put in place is served from the next connection on. What cannot be
 * served (one file of two is new as yet) leaves the former ones in place, and is told.
 */
export function renewCertificates(services: RenewServices): Renewal {
  const { tls, apply, clock, writeLine } = services
  const files = [
    tls.certificate,
    tls.privateKey.slice('file:'.length),
    ...(tls.clientCa ? [tls.clientCa] : []),
  ]
  let { certificates } = services
  let seen = stateOf(files)
  let toldDay = -1

  const now = (): void => {
    seen = stateOf(files)
    try {
      certificates = readCertificates(tls, clock.now())
      apply(certificates)
      const ends = new Date(certificates.endsAtMs).toISOString()
      writeLine({ level: 'info', what: `certificates are read again; this one ends ${ends}` })
    } catch (error) {
      const what = 'certificates cannot be renewed; the former ones go on serving'
      writeLine({ level: 'error', what, problem: describeProblems(error) })
    }
  }
  const look = (): void => {
    if (stateOf(files) !== seen) now()
    const day = Math.floor(clock.now() / dayMs)
    const left = certificates.endsAtMs - clock.now()
    if (left > nearEndMs || day === toldDay) return
    toldDay = day
    const days = Math.max(0, Math.floor(left / dayMs))
    writeLine({
      level: 'warning',
      what: `the certificate ends in ${days} days: put a new one into ${tls.certificate}`,
    })
  }
  look()
  const timer = setInterval(look, lookMs).unref()
  return { now, look, end: () => clearInterval(timer) }
}

/** Changes with any of the files; a file that is gone for a moment is a state as well. */
const stateOf = (files: readonly string[]): string =>
  files
    .map((file) => {
      const state = statSync(file, { throwIfNoEntry: false, bigint: true })
      return state === undefined ? 'gone' : `${state.ino} ${state.size} ${state.mtimeNs}`
    })
    .join('\n')
