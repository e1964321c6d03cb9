import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { isKeyText, newKeyText } from '#/identity/keys/key-text.ts'
import { newFolder, removeFolder, startTestServer } from '#/identity/test-server.ts'

/**
 * How long it takes to tell that a key does not work says next to nothing about why: whether nobody has it, whether it begins
 * like one that somebody has, or whether it ended (which the answer says in any case). Measured in rounds that mix all of them, so that what else the machine does hits all
 * alike, and compared by the rank of single times (Mann-Whitney): 0.5 means that neither tends to be longer.
 */

const rounds = 30_000
/** Keys of each kind, so that none is nearer at hand than another. */
const each = 150
/**
 * What is tolerated: medians of a few microseconds that differ by less than this share, which no network shows, and
 * ranks no further from a half. A step more for one kind, a date written or a record looked up, is 10 in 100 of the time and
 * a rank above 0.9.
 */
const tolerated = { share: 0.05, rank: 0.2 }

test('the look-up of a key takes as long for an unknown, a similar, an expired and a revoked one', async () => {
  const folder = await newFolder()
  const server = await startTestServer(folder)
  try {
    const { createKey, revokeKey, identify } = server.identity
    const of = (email: string, expiresInDays: number) => createKey({ email, by: 'test', expiresInDays })
    const known = await of('ada@example.com', 300)
    const short: string[] = []
    const revoked: string[] = []
    for (let count = 0; count < each; count++) {
      short.push((await of('employee@example.com', 1)).key)
      const { id, key } = await of('owner@example.com', 300)
      await revokeKey({ id, by: 'test', reason: '' })
      revoked.push(key)
    }
    server.clock.forward(2 * 86_400_000)

    const requestWith = (key: string) =>
      ({
        headers: { authorization: `Bearer ${key}` },
        url: '/v1/messages',
        method: 'POST',
        socket: { remoteAddress: '192.0.2.1' },
      }) as unknown as IncomingMessage
    const texts = (make: (at: number) => string): string[] =>
      Array.from({ length: each }, (_, at) => make(at))
    const strangers = texts(newKeyText)
    const kinds: Readonly<Record<string, readonly string[]>> = {
      unknown: texts(newKeyText),
      similar: texts(() => similar(known.key)),
      mistyped: strangers.map((key) => `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`),
      expired: short,
      revoked,
    }
    const times = new Map(Object.keys(kinds).map((kind) => [kind, [] as number[]]))
    for (let round = 0; round < rounds; round++) {
      // After the first tries of a minute the answers are the same, and the work must be, too.
      for (const kind of shuffled(Object.keys(kinds))) {
        const request = requestWith(asItCame(kinds[kind]?.[round % each] as string))
        const start = process.hrtime.bigint()
        try {
          await identify(request)
          assert.fail(`${kind} was taken`)
        } catch (error) {
          const took = Number(process.hrtime.bigint() - start)
          if ((error as Error).name !== 'Refusal') throw error
          // The first rounds are of the compiler.
          if (round > rounds / 10) times.get(kind)?.push(took)
        }
      }
    }
    const base = times.get('unknown') as number[]
    const told: Record<string, string> = {}
    for (const [kind, list] of times)
      told[kind] = `median ${medianOf(list)} ns, rank ${rankOf(list, base).toFixed(4)}`
    process.stdout.write(`${JSON.stringify(told, null, 2)}\n`)
    for (const [kind, list] of times) {
      const share = Math.abs(medianOf(list) / medianOf(base) - 1)
      const rank = Math.abs(rankOf(list, base) - 0.5)
      assert.ok(share < tolerated.share && rank < tolerated.rank, `${kind}: ${told[kind]}`)
    }
  } finally {
    await server.close()
    await removeFolder(folder)
  }
})

/** A text as it comes over the wire: bytes in one piece, whatever it was put together from here. */
const asItCame = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

/** A key whose text begins as far as can be like another one, with the right checksum, and is none of ours. */
function similar(key: string): string {
  const text = withChecksum(`${key.slice(0, 33)}${newKeyText().slice(33, 37)}`)
  assert.ok(isKeyText(text))
  return text
}

/** Six letters that make a body of 37 a key: those of `isKeyText`, found as the key room computes them. */
function withChecksum(body: string): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  let rest = crc(body)
  let text = body
  for (let index = 0; index < 6; index++) {
    text += alphabet[rest & 31]
    rest >>>= 5
  }
  return text
}

function crc(text: string): number {
  let value = 0xffffffff
  for (const byte of Buffer.from(text)) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}

const medianOf = (list: readonly number[]): number =>
  list.toSorted((one, other) => one - other)[list.length >> 1] as number

/** The chance that one of `list` is longer than one of `base`, ties counted half. */
function rankOf(list: readonly number[], base: readonly number[]): number {
  const sorted = base.toSorted((one, other) => one - other)
  const below = (value: number): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] as number) < value) low = middle + 1
      else high = middle
    }
    return low
  }
  const sum = list.reduce((all, value) => all + (below(value) + below(value + 1)) / 2, 0)
  return sum / list.length / sorted.length
}

/** By chance, so that what came just before is the same mixture for every kind. */
function shuffled(list: readonly string[]): readonly string[] {
  const left = [...list]
  return list.map(() => left.splice(randomInt(left.length), 1)[0] as string)
}
