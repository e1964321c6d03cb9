import { randomBytes } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { hashOf } from '../keys/key-text.ts'
import type { Tool } from './tool.ts'
import { newUserCode } from './user-code.ts'

/** How long a person has to decide. */
export const startMs = 600_000

/** Seconds between two polls, and how many more after each poll that came too soon. Source: RFC 8628, section 3.5. */
const intervalSeconds = 5
/** Polls arrive a little early when the network was slow the time before. */
const earlyMs = 500

const maxStarts = 1_000
/** From one place; a proxy may stand before a whole company. */
const maxFromAddress = 100

/** A tool that waits for a person to decide. */
export interface Start {
  readonly userCode: string
  readonly tool: Tool
  readonly address: string
  readonly startedAt: number
  /** The id of the device that comes to be when it is approved. */
  readonly deviceId: string
}

export type Polled =
  | { readonly answer: 'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token' }
  | { readonly answer: 'approved'; readonly personId: string; readonly start: Start }

export interface Starts {
  /** Undefined when too many wait already. */
  readonly begin: (
    tool: Tool,
    /** What is counted as one place, and the address as people read it. */
    place: string,
    address: string,
  ) =>
    | {
        readonly start: Start
        readonly deviceCode: string
        readonly interval: number
        readonly expiresIn: number
      }
    | undefined
  /** One that waits for a decision. */
  readonly find: (userCode: string) => Start | undefined
  /** Takes the code out of the world, for whoever decides now; false when somebody else was faster. */
  readonly claim: (start: Start) => boolean
  /** What was decided of one that was claimed. */
  readonly approve: (start: Start, personId: string) => void
  readonly refuse: (start: Start) => void
  /** What somebody approved whose access has ended since is refused, also should it be given back. */
  readonly refuseAllOf: (personId: string) => void
  /** An approved one is given once. */
  readonly poll: (deviceCode: string) => Polled
}

interface Waiting extends Start {
  readonly place: string
  readonly hash: string
  state: 'waiting' | 'approved' | 'refused'
  personId: string | undefined
  interval: number
  polledAt: number
}

/** In memory only: who was interrupted by a restart starts again. */
export function createStarts(clock: Clock): Starts {
  // In the order they began, so the first ones end first.
  const byHash = new Map<string, Waiting>()
  const byUserCode = new Map<string, Waiting>()

  const forget = (waiting: Waiting): void => {
    byHash.delete(waiting.hash)
    byUserCode.delete(waiting.userCode)
  }
  const forgetOld = (): void => {
    for (const waiting of byHash.values()) {
      if (waiting.startedAt + startMs > clock.now()) return
      forget(waiting)
    }
  }
  const decide = (start: Start, state: 'approved' | 'refused', personId?: string): void => {
    for (const waiting of byHash.values()) {
      if (waiting.deviceId !== start.deviceId) continue
      waiting.state = state
      waiting.personId = personId
    }
  }

  return {
    begin: (tool, place, address) => {
      forgetOld()
      const fromHere = [...byHash.values()].filter((each) => each.place === place).length
      if (byHash.size >= maxStarts || fromHere >= maxFromAddress) return undefined
      let userCode = newUserCode()
      while (byUserCode.has(userCode)) userCode = newUserCode()
      const deviceCode = randomBytes(32).toString('base64url')
      const waiting: Waiting = {
        userCode,
        tool,
        place,
        address,
        startedAt: clock.now(),
        deviceId: `device_${randomId(16)}`,
        hash: hashOf(deviceCode),
        state: 'waiting',
        personId: undefined,
        interval: intervalSeconds,
        polledAt: 0,
      }
      byHash.set(waiting.hash, waiting)
      byUserCode.set(userCode, waiting)
      return { start: waiting, deviceCode, interval: intervalSeconds, expiresIn: startMs / 1_000 }
    },
    find: (userCode) => {
      forgetOld()
      return byUserCode.get(userCode)
    },
    claim: (start) => byUserCode.delete(start.userCode),
    approve: (start, personId) => decide(start, 'approved', personId),
    refuse: (start) => decide(start, 'refused'),
    refuseAllOf: (personId) => {
      for (const waiting of byHash.values()) if (waiting.personId === personId) waiting.state = 'refused'
    },
    poll: (deviceCode) => {
      forgetOld()
      const waiting = byHash.get(hashOf(deviceCode))
      // Never there, over, or lost in a restart: whichever it was, the tool has to start again.
      if (waiting === undefined) return { answer: 'expired_token' }
      const now = clock.now()
      const isEarly = now - waiting.polledAt < waiting.interval * 1_000 - earlyMs
      waiting.polledAt = now
      if (isEarly) {
        waiting.interval += intervalSeconds
        return { answer: 'slow_down' }
      }
      if (waiting.state === 'waiting') return { answer: 'authorization_pending' }
      forget(waiting)
      return waiting.state === 'refused' || waiting.personId === undefined
        ? { answer: 'access_denied' }
        : { answer: 'approved', personId: waiting.personId, start: waiting }
    },
  }
}
