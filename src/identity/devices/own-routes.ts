import { personIn, type Route, route } from '#/core/http/route.ts'
import type { DeviceView } from './api.ts'
import type { Devices } from './devices.ts'
import type { DeviceRecord } from './store.ts'

/** A person's own tools, for the page. Somebody else's are not there, for whoever asks. */
export const ownDeviceRoutes = (devices: Pick<Devices, 'listOf' | 'end'>): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/devices',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => ({ json: { devices: devices.listOf(personIn(asked).id).map(viewOf) } }),
  }),
  route({
    method: 'DELETE',
    path: '/api/devices/:id',
    need: 'person',
    reads: 'nothing',
    handle: async (asked) => {
      await devices.end(personIn(asked).id, asked.parameters['id'] ?? '')
      return { status: 204 }
    },
  }),
]

const viewOf = (device: DeviceRecord): DeviceView => ({
  id: device.id,
  tool: device.toolName,
  machine: device.machine ?? null,
  address: device.address,
  signedInAt: timeOf(device.createdAt),
  seenAt: timeOf(device.usedAt),
  endsAt: timeOf(device.expiresAt),
})

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
