import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeAuthority } from '#/core/test-certificates.ts'

const program = '/usr/sbin/rsyslogd'

const hasTls = (): boolean =>
  ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'].some((folder) =>
    existsSync(join(folder, 'rsyslog', 'lmnsd_gtls.so')),
  )

/** Why there is no test with a real rsyslog on this machine; undefined when there can be one. */
export const noRsyslog = (): string | undefined =>
  existsSync(program) && hasTls()
    ? undefined
    : 'there is no rsyslogd with TLS (apt-get install rsyslog rsyslog-gnutls)'

/** A real rsyslog that takes TLS on loopback and writes what it got, a line for each message. */
export interface Rsyslog {
  readonly port: number
  /** In PEM: whom to trust. */
  readonly ca: string
  /** The messages, as they arrived. */
  readonly messages: () => Promise<readonly string[]>
  readonly start: () => Promise<void>
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>
}

export async function prepareRsyslog(folder: string): Promise<Rsyslog> {
  const authority = makeAuthority()
  const own = authority.issue('siem.example.com', true)
  const port = await freePort()
  const path = (name: string): string => join(folder, name)
  await writeFile(path('ca.pem'), authority.certificate)
  await writeFile(path('own.pem'), own.certificate)
  await writeFile(path('own.key'), own.privateKey)
  await writeFile(path('rsyslog.conf'), configuration(folder, port))
  let child: ChildProcess | undefined
  return {
    port,
    ca: authority.certificate,
    messages: async () => {
      const text = await readFile(path('messages'), 'utf8').catch(() => '')
      return text.split('\n').slice(0, -1)
    },
    start: async () => {
      child = spawn(program, ['-n', '-f', path('rsyslog.conf'), '-i', path('pid')], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-4_000)
      })
      for (let tries = 0; !(await answers(port)); tries++) {
        assert.ok(tries < 200 && child.exitCode === null, `rsyslogd does not listen: ${said}`)
        await pause(50)
      }
    },
    stop: async (signal = 'SIGTERM') => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    },
  }
}

/** As the page about the export says it, but for the paths; what is queued is written before rsyslog ends. */
const configuration = (folder: string, port: number): string => `
global(
  workDirectory="${folder}"
  maxMessageSize="128k"
  defaultNetstreamDriver="gtls"
  defaultNetstreamDriverCAFile="${folder}/ca.pem"
  defaultNetstreamDriverCertFile="${folder}/own.pem"
  defaultNetstreamDriverKeyFile="${folder}/own.key"
)
main_queue(queue.timeoutShutdown="20000" queue.size="200000")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imtcp" address="127.0.0.1" port="${port}" ruleset="sallyport")
template(name="asItCame" type="string" string="%rawmsg%\\n")
ruleset(name="sallyport") { action(type="omfile" file="${folder}/messages" template="asItCame") }
`

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
