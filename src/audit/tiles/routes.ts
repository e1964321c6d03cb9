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
    on: 'admin',
    method: 'GET',
    path: '/api/log/tile/entries/*',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => giveBundle(asked, services),
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

/** Hashes tell nothing of an entry. */
async function giveTile({ request, url }: Asked, { log, identify }: TreeRouteServices): Promise<Reply> {
  await identify(request)
  if (pathIn(url).startsWith('tile/entries/')) throw unknown(url)
  return tileAt(url, log)
}

/** Bundles hold the headers of everybody's entries, so reading one is logged. */
async function giveBundle({ request, url }: Asked, { log, identify }: TreeRouteServices): Promise<Reply> {
  const caller = await identify(request)
  if (readTilePath(pathIn(url)) === undefined) throw unknown(url)
  if (!isReader(caller)) throw new Refusal('role-missing', { roles: readers })
  await logRead(log, 'entry-bundle', pathIn(url), caller)
  return tileAt(url, log)
}

const pathIn = ({ pathname }: URL): string => pathname.slice('/api/log/'.length)

const unknown = ({ pathname }: URL): Refusal =>
  new Refusal('path-unknown', { method: 'GET', path: pathname.slice(0, 100) })

async function tileAt(url: URL, log: TreeRouteServices['log']): Promise<Reply> {
  const bytes = await log.tree.tile(pathIn(url))
  if (bytes === undefined) throw unknown(url)
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
  if (head === undefined && index < log.tree.firstKept())
    throw new Refusal('receipt-ended', { first: log.tree.firstKept() })
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
