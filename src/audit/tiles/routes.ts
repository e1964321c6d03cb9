import type { IncomingMessage } from 'node:http'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller, Role } from '#/core/role.ts'
import type { AuditLog } from '../api.ts'
import { originFolder } from '../note.ts'
import { readTilePath } from './tile-path.ts'

export interface TreeRouteServices {
  readonly log: Pick<AuditLog, 'origin' | 'append' | 'checkpoint' | 'tree'>
  /** By key or by session; throws a refusal when it is nobody. */
  readonly identify: (request: IncomingMessage) => Promise<Caller> | Caller
}

/** Who may read the headers of everybody's entries. */
const readers: readonly Role[] = ['auditor', 'security', 'owner']

/** What checks the log from outside. The layout below `/api/log` is that of C2SP tlog-tiles. */
export const treeRoutes = (services: TreeRouteServices): readonly Route[] => [
  {
    method: 'GET',
    path: '/api/log/checkpoint',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => giveCheckpoint(asked, services),
  },
  {
    method: 'GET',
    path: '/api/log/tile/*',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => giveTile(asked, services),
  },
  {
    method: 'GET',
    path: '/api/log/proofs/:index',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => giveProof(asked, services),
  },
]

async function giveCheckpoint({ request }: Asked, { log, identify }: TreeRouteServices): Promise<Reply> {
  await identify(request)
  const text = log.checkpoint()
  if (text === undefined) throw new Refusal('proof-pending')
  return { text }
}

/** Hashes tell nothing of an entry; bundles hold the headers of everybody's, so reading one is logged. */
async function giveTile({ request, url }: Asked, { log, identify }: TreeRouteServices): Promise<Reply> {
  const caller = await identify(request)
  const path = url.pathname.slice('/api/log/'.length)
  if (readTilePath(path)?.level === 'entries') {
    if (!isReader(caller)) throw new Refusal('role-missing', { roles: readers })
    await logRead(log, 'entry-bundle', path, caller)
  }
  const bytes = await log.tree.tile(path)
  if (bytes === undefined)
    throw new Refusal('path-unknown', { method: 'GET', path: url.pathname.slice(0, 100) })
  return {
    bytes,
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': 'private, max-age=604800, immutable',
    },
  }
}

async function giveProof(
  { request, parameters }: Asked,
  { log, identify }: TreeRouteServices,
): Promise<Reply> {
  const caller = await identify(request)
  const index = readIndex(parameters['index'])
  const head = await log.tree.headOf(index)
  const isOwn =
    caller.keyId === undefined ? head?.subject === caller.person.id : head?.facts.keyId === caller.keyId
  if (head === undefined || !(isOwn || isReader(caller))) throw new Refusal('receipt-unknown')
  if (!isOwn) await logRead(log, 'proof', `${log.origin}#${index}`, caller)
  const name = `${originFolder(log.origin)}-${index}.tlog-proof`
  return {
    text: await log.tree.prove(index),
    headers: { 'content-disposition': `attachment; filename="${name}"` },
  }
}

/** Rights of a role come with the person who signed in: a key in a program does not read everybody's entries. */
const isReader = ({ keyId, person }: Caller): boolean =>
  keyId === undefined && readers.some((role) => person.roles.includes(role))

const logRead = (log: Pick<AuditLog, 'append'>, reason: string, about: string, { person }: Caller) =>
  log.append({ kind: 'read', facts: { reason, about }, subject: person.id })

function readIndex(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new Refusal('request-invalid', {
      field: 'index',
      problem: 'it takes the number behind # in a receipt',
    })
  }
  return Number(text)
}
