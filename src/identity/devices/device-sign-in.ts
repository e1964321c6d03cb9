import type { IncomingMessage } from 'node:http'
import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import type { Route } from '#/core/http/route.ts'
import type { CodingAgentSettings } from '#/settings/api.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { Session } from '../sessions/sessions.ts'
import { createAttempts } from './attempts.ts'
import { type Devices, openDevices } from './devices.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { ownDeviceRoutes } from './own-routes.ts'
import { devicePageRoutes } from './page-routes.ts'
import { createStarts, startMs } from './starts.ts'
import { createDeviceStore } from './store.ts'

export interface DeviceSignInServices {
  readonly database: Database
  readonly people: Pick<People, 'findCurrent' | 'onEnded'>
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly settings: Pick<CodingAgentSettings, 'accessMinutes' | 'deviceDays'>
  readonly publicUrl: () => string
  readonly exchangePaths: readonly string[]
}

export interface DeviceSignIn {
  readonly devices: Devices
  readonly routes: (sessionOf: (request: IncomingMessage) => Session | undefined) => readonly Route[]
}

/** Ten wrong codes of 34 bits in ten minutes, with at most a thousand that wait: one in two million gets one. */
const wrongCodesLimit = { most: 10, withinMs: startMs }
/** Nobody guesses a token of 170 bits; this spares the disk. */
const wrongTokensLimit = { most: 60, withinMs: 60_000 }

/** Tools sign in for a person: what they ask, what the person sees, and what they hold after that. */
export async function openDeviceSignIn(services: DeviceSignInServices): Promise<DeviceSignIn> {
  const { people, clock, writeEntry, publicUrl, exchangePaths } = services
  const { now } = clock
  const devices = await openDevices({
    store: createDeviceStore(services.database),
    people,
    writeEntry,
    clock,
    ...services.settings,
  })
  const starts = createStarts(clock)
  people.onEnded(starts.refuseAllOf)
  return {
    devices,
    routes: (sessionOf) => [
      ...oauthRoutes({
        publicUrl,
        starts,
        devices,
        wrongTokens: createAttempts({ ...wrongTokensLimit, now }),
        emailOf: (personId) => people.findCurrent(personId)?.email,
        exchangePaths,
        now,
      }),
      ...devicePageRoutes({
        publicUrl,
        sessionOf,
        starts,
        devices,
        wrongCodes: createAttempts({ ...wrongCodesLimit, now }),
        writeEntry,
        now,
      }),
      ...ownDeviceRoutes(devices),
    ],
  }
}
