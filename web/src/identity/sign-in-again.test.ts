import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onSignedIn, tellSignedIn } from './sign-in-again.ts'

test('every page of the browser hears that somebody signed in, until it stops listening', async () => {
  const heard: string[] = []
  const both = new Promise<void>((resolve) => {
    for (const page of ['one', 'other']) {
      const stop = onSignedIn(() => {
        heard.push(page)
        stop()
        if (heard.length === 2) resolve()
      })
    }
  })
  tellSignedIn()
  await both
  tellSignedIn()
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(heard.sort(), ['one', 'other'])
})
