import { type Asked, personIn, type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Role } from '#/core/role.ts'
import { type ContentAsked, contentShape } from '../index/match-content.ts'
import { askerRoles } from './api.ts'
import { type AskedDecision, type AskedReading, askedShape, decisionShape } from './asked.ts'
import type { ContentLog } from './content.ts'
import { readOwn } from './own.ts'
import type { Readings } from './readings.ts'

export interface ReadingRouteServices {
  readonly readings: Readings
  readonly log: ContentLog
}

const askers: readonly [Role, ...Role[]] = askerRoles

/** Who may ask, approve and open is decided again in `readings.ts`; here stands who may come to the door. */
export const readingRoutes = ({ readings, log }: ReadingRouteServices): readonly Route[] => [
  route({
    method: 'POST',
    path: '/api/log/readings',
    need: askers,
    reads: askedShape,
    handle: async (asked: Asked<AskedReading>) => ({
      status: 201,
      json: await readings.request(asked.body, personIn(asked)),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/log/readings',
    need: askers,
    reads: 'nothing',
    handle: async (asked) => ({ json: { readings: await readings.list(personIn(asked)) } }),
  }),
  route({
    method: 'GET',
    path: '/api/log/readings/:id',
    need: askers,
    reads: 'nothing',
    handle: async (asked) => ({ json: await readings.find(idIn(asked), personIn(asked)) }),
  }),
  route({
    method: 'POST',
    path: '/api/log/readings/:id/decision',
    need: askers,
    reads: decisionShape,
    fresh: ({ verdict }) => verdict === 'approve',
    handle: async (asked: Asked<AskedDecision>) => ({
      status: 201,
      json: await readings.decide(idIn(asked), asked.body, personIn(asked)),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/log/readings/:id/end',
    need: askers,
    reads: 'nothing',
    handle: async (asked) => ({ json: await readings.end(idIn(asked), personIn(asked)) }),
  }),
  route({
    method: 'GET',
    path: '/api/log/readings/:id/entries',
    need: askers,
    reads: 'nothing',
    handle: async (asked) => ({ json: { entries: await readings.entries(idIn(asked), personIn(asked)) } }),
  }),
  route({
    method: 'POST',
    path: '/api/log/readings/:id/search',
    need: askers,
    reads: contentShape,
    fresh: true,
    handle: async (asked: Asked<ContentAsked>) => ({
      json: await readings.search(idIn(asked), asked.body, personIn(asked)),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/log/readings/:id/entries/:index',
    need: askers,
    reads: 'nothing',
    fresh: true,
    handle: async (asked) => ({
      json: await readings.open(idIn(asked), indexIn(asked), personIn(asked)),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/log/notices',
    need: 'person',
    reads: 'nothing',
    handle: async (asked) => ({ json: { notices: await readings.noticesOf(personIn(asked).id) } }),
  }),
  route({
    method: 'GET',
    path: '/api/log/mine/:index',
    need: 'person',
    reads: 'nothing',
    handle: async (asked) => ({ json: await readOwn(log, indexIn(asked), personIn(asked).id) }),
  }),
]

const idIn = ({ parameters }: Pick<Asked, 'parameters'>): string => parameters['id'] ?? ''

function indexIn({ parameters }: Pick<Asked, 'parameters'>): number {
  const text = parameters['index'] ?? ''
  if (!/^\d{1,15}$/.test(text)) {
    const problem = 'it takes the number behind # in a receipt'
    throw new Refusal('request-invalid', { field: 'index', problem })
  }
  return Number(text)
}
