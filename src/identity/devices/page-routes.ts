import type { IncomingMessage } from 'node:http'
import { peerOf } from '#/core/http/peer.ts'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import { route } from '#/core/http/route.ts'
import type { WriteEntry } from '../entry.ts'
import { assertOwnForm } from '../sessions/guard.ts'
import type { Session } from '../sessions/sessions.ts'
import type { Attempts } from './attempts.ts'
import type { Devices } from './devices.ts'
import { readForm } from './form.ts'
import { codePage, decisionPage, donePage } from './page.ts'
import type { Start, Starts } from './starts.ts'
import { readUserCode } from './user-code.ts'

export interface DevicePageServices {
  readonly publicUrl: () => string
  readonly sessionOf: (request: IncomingMessage) => Session | undefined
  readonly starts: Starts
  readonly devices: Devices
  /** Codes a person typed that were not there. */
  readonly wrongCodes: Attempts
  readonly writeEntry: WriteEntry
  readonly now: () => number
}

/** The page where a signed-in person decides about a tool. It works without any script. */
export const devicePageRoutes = (services: DevicePageServices): readonly Route[] => [
  route({
    on: 'main',
    method: 'GET',
    path: '/device',
    need: 'anyone',
    reads: 'nothing',
    handle: (asked) => show(asked, services),
  }),
  route({
    on: 'main',
    method: 'POST',
    path: '/device',
    need: 'anyone',
    reads: 'itself',
    handle: (asked) => decide(asked, services),
  }),
]

function show({ request, url }: Asked<unknown>, services: DevicePageServices): Reply {
  const typed = url.searchParams.get('user_code')
  const session = services.sessionOf(request)
  if (session === undefined) return toSignIn(typed)
  if (typed === null || typed === '') return codePageFor(session, services)
  const found = findStart(typed, session, services)
  if ('problem' in found) return codePageFor(session, services, found.status, found.problem)
  return decisionPage({
    start: found.start,
    email: session.person.email || session.person.name,
    address: peerOf(request),
    csrf: session.csrf,
    now: services.now(),
  })
}

/** The code survives the sign-in; nothing else of what was asked does. */
function toSignIn(typed: string | null): Reply {
  const code = typed === null ? undefined : readUserCode(typed)
  const next = code === undefined ? '/device' : `/device?user_code=${code}`
  return { status: 302, headers: { location: `/sign-in?${new URLSearchParams({ next })}` } }
}

type Found = { readonly start: Start } | { readonly status: number; readonly problem: string }

function findStart(typed: string, { person }: Session, services: DevicePageServices): Found {
  const { wrongCodes } = services
  if (wrongCodes.isSpent(person.id))
    return { status: 429, problem: 'That were too many codes that do not exist. Try again in ten minutes.' }
  const code = readUserCode(typed)
  const start = code === undefined ? undefined : services.starts.find(code)
  if (start !== undefined) return { start }
  wrongCodes.count(person.id)
  return {
    status: 404,
    problem: 'No tool waits with this code. It lives ten minutes and works once; start the tool again.',
  }
}

const codePageFor = (
  { person, csrf }: Session,
  { devices }: DevicePageServices,
  status = 200,
  problem?: string,
): Reply => codePage({ status, problem, devices: devices.listOf(person.id), csrf })

async function decide({ request }: Asked<unknown>, services: DevicePageServices): Promise<Reply> {
  const form = await readForm(request)
  const session = services.sessionOf(request)
  if (session === undefined) return toSignIn(form.get('user_code'))
  assertOwnForm(request, form.get('csrf') ?? '', session.csrf, services.publicUrl())
  const decision = form.get('decision')
  if (decision === 'sign-out') {
    await services.devices.end(session.person.id, form.get('device') ?? '')
    return { status: 303, headers: { location: '/device' } }
  }
  const found = findStart(form.get('user_code') ?? '', session, services)
  if ('problem' in found) return codePageFor(session, services, found.status, found.problem)
  // Two windows, or two people with one code: the first one decides.
  if (!services.starts.claim(found.start))
    return codePageFor(session, services, 409, 'Somebody has decided about this code already.')
  // Only the one button approves; whatever else comes refuses.
  return decision === 'approve'
    ? approve(found.start, session, services)
    : refuse(found.start, session, services)
}

/** It counts only once it is written down. */
async function approve(start: Start, { person }: Session, services: DevicePageServices): Promise<Reply> {
  await services.writeEntry({
    kind: 'device-approved',
    subject: person.id,
    facts: { keyId: start.deviceId, about: start.tool.kind },
  })
  services.starts.approve(start, person.id)
  return donePage('The tool is signed in', 'Go back to it: it goes on by itself. You can close this page.')
}

async function refuse(start: Start, { person }: Session, services: DevicePageServices): Promise<Reply> {
  services.starts.refuse(start)
  await services.writeEntry({
    kind: 'device-refused',
    subject: person.id,
    facts: { keyId: start.deviceId, about: start.tool.kind },
  })
  return donePage('Refused', 'The tool got nothing. If you did not start it, tell your security team.')
}
