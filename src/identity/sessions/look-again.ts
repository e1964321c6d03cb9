import type { Identity } from '../api.ts'
import type { Devices } from '../devices/devices.ts'
import type { Keys } from '../keys/keys.ts'
import type { People } from '../people.ts'
import type { Sessions } from './sessions.ts'

/** Whether what a caller came with still counts. Asked for each exchange under way, so it reads memory only. */
export const lookAgainWith =
  (
    people: Pick<People, 'findCurrent'>,
    sessions: Pick<Sessions, 'isLiving'>,
    keys: Pick<Keys, 'isLiving'>,
    devices: Pick<Devices, 'isLiving'>,
  ): Identity['lookAgain'] =>
  ({ person, keyId, sessionId }) => {
    const now = people.findCurrent(person.id)
    if (now === undefined) return 'account'
    // A tool that was signed in by its person stands under the id of its device.
    if (keyId !== undefined && !keys.isLiving(keyId) && !devices.isLiving(keyId)) return 'key'
    if (sessionId !== undefined && !sessions.isLiving(sessionId)) return 'session'
    return now
  }
