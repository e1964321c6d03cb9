import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { checksumOf, isKeyText, newKeyText } from '#/identity/keys/key-text.ts'
import { newFolder, removeFolder, startTestServer } from '#/identity/test-server.ts'

/**
 * How long it takes to tell that a key does not work says nothing about why: whether nobody has it, whether it begins
 * like one that somebody has, or whether it ended. Measured in rounds that mix all of them, so that what else the
 * machine does hits all alike.
 *
 * What must be shown is that there is no difference that could be measured, so it is a test of equivalence: with a
 * confidence of 99.9 % the difference of the means lies within `tolerated`, on both sides. Each time is compared with
 * that of the unknown key of its round, so that a machine that is slower for a while is so for both, and of these
 * differences a tenth is left out at either end: there the machine did something else (the trimmed mean, with its standard
 * error after Tukey and McLaughlin, "Less vulnerable confidence and significance procedures for location", 1963).
 */

/** Measured at a time, and again until a difference is known to this much: on a busy machine that takes longer. */
const rounds = 60_000
const knownToNs = 10
const mostTimes = 8
/** The first rounds are of the compiler. */
const unsettled = 6_000
/**
 * Keys of each kind, so that none is nearer at hand than another. Few enough that all of them lie in the cache of the
 * processor: of hundreds, some stand in for many texts and are at hand more often than those asked for by their own
 * (seen as 20 to 40 ns), which says what was asked lately, and nothing about what is there.
 */
const each = 20
/**
 * Half of what could be told apart over a local network with thousands of requests, 100 ns (Crosby, Wallach, Riedi:
 * "Opportunities and Limits of Remote Timing Attacks", 2009).
 */
const toleratedNs = 50
/** Of the normal distribution, for 99.9 % on both sides. */
const deviations = 3.29
const leftOut = 0.1
/**
 * Unknown keys again, which take this much longer by the clock: what the test must be able to see, or it shows nothing.
 * A step of work would not do, because it takes less on a quicker machine.
 */
const laterNs = 100n
const unknown = 'unknown'
const control = `${laterNs} ns later`

test('the look-up of a key takes as long for an unknown, a similar, a mistyped, an expired and a revoked one', async () => {
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

    const texts = (make: () => string): string[] => Array.from({ length: each }, make)
    const kinds: Readonly<Record<string, readonly string[]>> = {
      [unknown]: texts(newKeyText),
      'unknown, others': texts(newKeyText),
      similar: texts(() => similar(known.key)),
      'similar to none': texts(similarTo(newKeyText())),
      mistyped: texts(newKeyText).map((key) => `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`),
      expired: short,
      revoked: revoked,
      [control]: texts(newKeyText),
    }
    const names = Object.keys(kinds)
    const differences = new Map(names.map((kind): [string, number[]] => [kind, []]))
    const measure = async (isSettled: boolean): Promise<void> => {
      const times = new Map<string, number>()
      // After the first tries of a minute the answers are the same, and the work must be, too.
      for (const kind of shuffled(names)) {
        const request = requestWith(asItCame(kinds[kind]?.[randomInt(each)] as string))
        const start = process.hrtime.bigint()
        try {
          if (kind === control) waitUntil(start + laterNs)
          await identify(request)
          assert.fail(`${kind} was taken`)
        } catch (error) {
          times.set(kind, Number(process.hrtime.bigint() - start))
          if ((error as Error).name !== 'Refusal') throw error
        }
      }
      if (!isSettled) return
      const base = times.get(unknown) as number
      for (const [kind, took] of times) differences.get(kind)?.push(took - base)
    }
    for (let round = 0; round < unsettled; round++) await measure(false)
    let told = new Map<string, Told>()
    // When to end is told by how much is known, never by what.
    for (let time = 0; time < mostTimes; time++) {
      for (let round = 0; round < rounds; round++) await measure(true)
      told = new Map([...differences].map(([kind, list]) => [kind, trimmedMeanOf(list)]))
      if (Math.max(...[...told.values()].map(({ bound }) => bound)) <= knownToNs) break
    }
    for (const [kind, { difference, bound }] of told)
      process.stdout.write(
        `${kind}: ${difference.toFixed(1)} ns (99.9 %: +- ${bound.toFixed(1)}) of ${differences.get(kind)?.length} times\n`,
      )
    for (const [kind, { difference, bound }] of told)
      if (kind === control) assert.ok(difference - bound > toleratedNs, `${kind} is not seen`)
      else assert.ok(Math.abs(difference) + bound < toleratedNs, `${kind} takes another time`)
  } finally {
    await server.close()
    await removeFolder(folder)
  }
})

/** Busy all the while: to hand over to others would take a thousand times as long. */
function waitUntil(ns: bigint): void {
  while (process.hrtime.bigint() < ns);
}

interface Told {
  /** From the unknown keys, in ns. */
  readonly difference: number
  /** How much of it may be chance. */
  readonly bound: number
}

/** The mean without the ends; its error is of the list in which the ends are as the last that are kept. */
function trimmedMeanOf(list: readonly number[]): Told {
  const sorted = Float64Array.from(list).sort()
  const cut = Math.floor(sorted.length * leftOut)
  const kept = sorted.subarray(cut, sorted.length - cut)
  const difference = meanOf(kept)
  sorted.fill(kept[0] as number, 0, cut).fill(kept.at(-1) as number, sorted.length - cut)
  const middle = meanOf(sorted)
  const variance = sorted.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (sorted.length - 1)
  return { difference, bound: (deviations * Math.sqrt(variance / sorted.length)) / (1 - 2 * leftOut) }
}

const meanOf = (list: Float64Array): number => list.reduce((sum, each) => sum + each, 0) / list.length

const requestWith = (key: string): IncomingMessage =>
  ({
    headers: { authorization: `Bearer ${key}` },
    url: '/v1/messages',
    method: 'POST',
    socket: { remoteAddress: '192.0.2.1' },
  }) as unknown as IncomingMessage

/** A text as it comes over the wire: bytes in one piece, whatever it was put together from here. */
const asItCame = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

/** A key whose text begins as far as can be like another one, with the right checksum, and is none of ours. */
function similar(key: string): string {
  const body = `${key.slice(0, 33)}${newKeyText().slice(33, 37)}`
  const text = `${body}${checksumOf(body)}`
  assert.ok(isKeyText(text))
  return text
}
const similarTo = (key: string) => () => similar(key)

/** By chance, so that what came just before is the same mixture for every kind. */
function shuffled(list: readonly string[]): readonly string[] {
  const left = [...list]
  return list.map(() => left.splice(randomInt(left.length), 1)[0] as string)
}
