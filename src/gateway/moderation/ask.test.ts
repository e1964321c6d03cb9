import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dispatcher } from 'undici'
import type { VendorRequest } from '#/providers/api.ts'
import type { Line } from '../services.ts'
import { askModel } from './ask.ts'

const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController

const ask = (answer: (handler: Dispatcher.DispatchHandler) => void) => {
  const dispatch = (_: unknown, handler: Dispatcher.DispatchHandler): void => {
    handler.onRequestStart?.(controller, undefined)
    answer(handler)
  }
  const line = { basePath: '', connection: { id: 'west' }, pool: { dispatch } } as unknown as Line
  return askModel(line, { path: '/', headers: {}, body: '' } as unknown as VendorRequest, 1_000)
}

const head = (handler: Dispatcher.DispatchHandler, status: number): void =>
  handler.onResponseStart?.(controller, status, {}, '')
const fail = (handler: Dispatcher.DispatchHandler): void =>
  handler.onResponseError?.(controller, new Error('reset'))

test('an answer that breaks off was served; what was refused, or never reached it, was not', async () => {
  assert.deepEqual(await ask(fail), { away: 'cannot be reached', isServed: false })
  assert.deepEqual(await ask((handler) => head(handler, 503)), {
    away: 'answered with status 503',
    isServed: false,
  })
  const broken = await ask((handler) => {
    head(handler, 200)
    fail(handler)
  })
  assert.deepEqual(broken, { away: 'broke off while it answered', isServed: true })
})
