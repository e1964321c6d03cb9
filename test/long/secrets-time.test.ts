import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { createInspector } from '#/inspect/inspector.ts'
import { loadSecretModel } from '#/inspect/secrets/model.ts'

const bytes = await readFile(new URL('../../catalogue/secrets/weights.bin', import.meta.url))
const { inspect } = createInspector({ terms: [], secrets: loadSecretModel(bytes) })

test('judging takes time in proportion to the text', () => {
  for (const unit of [
    'password = "aA1!aA1!',
    'secret key aaaa/',
    'token token token1 ',
    '-----BEGIN PRIVATE KEY-----',
    'curl -u ',
    '{"kty":"',
    'MIIEpAIBAAKC',
    "user = 'a'\npassword = 'b c d'\n",
  ]) {
    const msFor = (text: string): number => {
      let best = Number.POSITIVE_INFINITY
      for (let round = 0; round < 3; round++) {
        const start = performance.now()
        inspect(text, 'user')
        best = Math.min(best, performance.now() - start)
      }
      return best
    }
    const small = unit.repeat(Math.ceil(25_000 / unit.length))
    const ratio = (): number => msFor(small.repeat(4)) / (msFor(small) + 1)
    assert.ok(ratio() < 10 || ratio() < 10 || ratio() < 10, unit)
  }
})
