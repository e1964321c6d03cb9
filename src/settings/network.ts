import { isLoopback } from './address.ts'
import type { AdminSettings, Settings, TlsSettings } from './api.ts'
import type { SettingsFile } from './schema.ts'

export const defaultAdminPort = 8_788

/** `beside` makes a path absolute. */
export function readTlsSettings(
  file: NonNullable<SettingsFile['tls']>,
  beside: (path: string) => string,
): TlsSettings {
  return {
    certificate: beside(file.certificate),
    privateKey: file.privateKey,
    minVersion: String(file.minVersion ?? '1.2') as TlsSettings['minVersion'],
    for: file.for ?? 'all',
    clientCertificates: file.clientCertificates ?? 'off',
    clientCertificatesFor: file.clientCertificatesFor ?? 'all',
    clientCa: file.clientCa === undefined ? undefined : beside(file.clientCa),
  }
}

export const readAdmin = ({ host, port, publicUrl }: NonNullable<SettingsFile['admin']>): AdminSettings => ({
  host: host ?? '127.0.0.1',
  port: port ?? defaultAdminPort,
  publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl).origin,
})

interface Conflict {
  readonly key: string
  readonly problem: string
}

/** What is right for each of the addresses by itself and wrong together. */
export const findNetworkConflicts = (settings: Settings): readonly Conflict[] => [
  ...findPublicConflicts(settings),
  ...findTlsConflicts(settings),
  ...findAdminConflicts(settings),
]

function findPublicConflicts({ host, identity, publicUrl }: Settings): readonly Conflict[] {
  if (isLoopback(host) || identity.kind === 'embedded' || publicUrl !== undefined) return []
  const reason =
    'so it is not known which names are its own, and any page could reach it under one of its choice'
  const problem = `is missing, and host is ${host}, ${reason}; set it to the address people use`
  return [{ key: 'publicUrl', problem }]
}

function findTlsConflicts({ tls, admin, publicUrl }: Settings): readonly Conflict[] {
  if (tls === undefined) return []
  const found: Conflict[] = []
  const say = (key: string, problem: string): void => void found.push({ key, problem })
  const { clientCertificates, clientCa } = tls
  if (clientCertificates !== 'off' && clientCa === undefined) {
    say('tls.clientCa', `is missing, and clientCertificates is ${clientCertificates}; name who issues them`)
  }
  if (clientCertificates === 'off' && clientCa !== undefined) {
    say('tls.clientCa', 'is never looked at, since clientCertificates is off; set that to request or require')
  }
  if (admin === undefined) {
    if (tls.for === 'admin') say('tls.for', 'is admin, and there is no such address; set admin.port, or all')
    if (tls.clientCertificatesFor === 'admin') {
      say('tls.clientCertificatesFor', 'is admin, and there is no such address; set admin.port, or all')
    }
  }
  if (tls.for === 'admin' && tls.clientCertificatesFor === 'all' && clientCertificates !== 'off') {
    say(
      'tls.clientCertificatesFor',
      'is all, and the main address has no TLS; set it to admin, or tls.for to all',
    )
  }
  if (tls.for === 'all' && publicUrl?.startsWith('http:')) {
    say('publicUrl', 'starts with http://, and tls is on; it must start with https://')
  }
  return found
}

function findAdminConflicts({ admin, host, port, publicUrl, identity }: Settings): readonly Conflict[] {
  if (admin === undefined) return []
  const found: Conflict[] = []
  const say = (key: string, problem: string): void => void found.push({ key: `admin.${key}`, problem })
  if (admin.host === host && admin.port === port && port !== 0) {
    say('port', `is ${port}, which is the main address; set another one`)
  }
  if (identity.kind === 'embedded' && !isLoopback(admin.host)) {
    const reason = 'the embedded identity provider lets anyone in as anybody and serves only this machine'
    say('host', `is ${admin.host}, but ${reason}; set it to 127.0.0.1, or configure identity with kind: oidc`)
  }
  // People sign in at the main address; browsers show the session to every port of that host name, and to no other host.
  if (admin.publicUrl === undefined) {
    if (publicUrl !== undefined || !isLoopback(admin.host)) {
      say('publicUrl', 'is missing; it must be the address people use there, with the host name of publicUrl')
    }
  } else if (publicUrl === undefined) {
    say(
      'publicUrl',
      'is set and publicUrl is not; set both, since a session belongs to the host name of both',
    )
  } else {
    const [own, main] = [new URL(admin.publicUrl), new URL(publicUrl)]
    if (own.hostname !== main.hostname || own.protocol !== main.protocol) {
      const example = `${main.protocol}//${main.hostname}:8443`
      say(
        'publicUrl',
        `must have the scheme and host name of publicUrl, where people sign in, such as ${example}`,
      )
    } else if (own.port === main.port) {
      say('publicUrl', 'is publicUrl itself; it must have a port of its own')
    }
  }
  return found
}
