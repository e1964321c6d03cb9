import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import type { Reply } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller, Role } from '#/core/role.ts'
import type { AuditLog } from '../api.ts'
import { newFolder, openIn } from '../log-for-tests.ts'
import { treeRoutes } from './routes.ts'

const callerOf = (id: string, more: { keyId?: string; roles?: readonly Role[] } = {}): Caller => ({
  person: {
    id,
    issuer: 'i',
    subject: id,
    email: `${id}@example.com`,
    name: id,
    roles: more.roles ?? ['employee'],
    groups: [],
  },
  ...(more.keyId === undefined ? {} : { keyId: more.keyId }),
})

/** Asks a route as a caller; gives the reply, or the code of the refusal. */
async function ask(log: AuditLog, path: string, caller: Caller | undefined): Promise<Reply | string> {
  const identify = (): Caller => {
    if (caller === undefined) throw new Refusal('key-missing')
    return caller
  }
  const routes = treeRoutes({ log, identify })
  const found = routes.find(({ path: each }) => new RegExp(`^${each.replace(/\*|:\w+/, '.*')}$`).test(path))
  try {
    return (await found?.handle({
      requestId: 'req',
      url: new URL(`http://x${path}`),
      parameters: { index: path.split('/').at(-1) ?? '' },
      body: undefined as never,
      person: undefined,
      request: {} as IncomingMessage,
      response: {} as ServerResponse,
    })) as Reply
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** A log with one exchange of Ada's key, at index 1. */
async function filled(context: TestContext): Promise<AuditLog> {
  const { log } = await openIn(await newFolder(context), { checkpointEveryMs: 10 })
  await log.append({ kind: 'intent', subject: 'ada', facts: { requestId: 'req_1', keyId: 'key_ada' } })
  await log.tree.prove(1)
  return log
}

const auditor = callerOf('audrey', { roles: ['employee', 'auditor'] })

test('nobody is told anything without a key or a session', async (context) => {
  const log = await filled(context)
  for (const path of ['/api/log/checkpoint', '/api/log/tile/0/000.p/1', '/api/log/proofs/1'])
    assert.equal(await ask(log, path, undefined), 'key-missing')
})

test('the proof of an exchange is for its key, its person, and those who audit', async (context) => {
  const log = await filled(context)
  const proofFor = (caller: Caller, index = 1) => ask(log, `/api/log/proofs/${index}`, caller)
  for (const caller of [callerOf('ada', { keyId: 'key_ada' }), callerOf('ada'), auditor]) {
    const reply = (await proofFor(caller)) as Reply
    assert.match(reply.text ?? '', /^c2sp\.org\/tlog-proof@v1\n/)
    assert.match(String(reply.headers?.['content-disposition']), /-1\.tlog-proof"/)
  }
  for (const caller of [
    callerOf('bob'),
    callerOf('bob', { keyId: 'key_bob' }),
    callerOf('ada', { keyId: 'key_other' }),
    callerOf('audrey', { roles: ['auditor'], keyId: 'key_audrey' }),
  ]) {
    assert.equal(await proofFor(caller), 'receipt-unknown')
  }
  // Whether there is an entry is not told either.
  assert.equal(await proofFor(callerOf('bob'), 999), 'receipt-unknown')
  assert.equal(await ask(log, '/api/log/proofs/x', callerOf('ada')), 'request-invalid')
})

test('headers of everybody are for those who audit, and reading them is logged', async (context) => {
  const log = await filled(context)
  const before = log.size()
  const hashes = (await ask(log, '/api/log/tile/0/000.p/2', callerOf('bob'))) as Reply
  assert.equal(hashes.bytes?.length, 64)
  assert.equal(await ask(log, '/api/log/tile/entries/000.p/2', callerOf('bob')), 'role-missing')
  const keyed = callerOf('audrey', { roles: ['auditor'], keyId: 'key_audrey' })
  assert.equal(await ask(log, '/api/log/tile/entries/000.p/2', keyed), 'role-missing')
  assert.equal(log.size(), before, 'hashes tell nothing, and a refusal reads nothing')
  const bundle = (await ask(log, '/api/log/tile/entries/000.p/2', auditor)) as Reply
  assert.match(Buffer.from(bundle.bytes ?? []).toString(), /"requestId":"req_1"/)
  const read = await log.open(before)
  assert.equal(read?.kind, 'read')
  assert.equal(read?.subject, 'audrey')
  assert.equal(read?.facts.about, 'tile/entries/000.p/2')
  assert.equal(await ask(log, '/api/log/tile/0/001', auditor), 'path-unknown')
})

test('the checkpoint is the signed note as it is', async (context) => {
  const log = await filled(context)
  assert.deepEqual(await ask(log, '/api/log/checkpoint', callerOf('bob')), { text: log.checkpoint() })
})
