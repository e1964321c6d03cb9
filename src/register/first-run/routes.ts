import { z } from 'zod'
import { type Asked, personIn, type Route, route } from '#/core/http/route.ts'
import { line } from '../fields.ts'
import { answersShape } from './answers.ts'
import type { FirstRunAnswers } from './api.ts'
import type { FirstRun } from './first-run.ts'

interface Written {
  readonly answers: FirstRunAnswers
  readonly digest: string
}

const writtenShape: z.ZodType<Written> = z.strictObject({
  answers: answersShape,
  digest: z.string('must be the digest of the plan').length(64, 'must be the digest of the plan'),
})

const triedShape = z.strictObject({ connection: line(64) })

/** What a company begins with is written by whoever owns it, and approved by somebody else. */
export const firstRunRoutes = (firstRun: FirstRun): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/first-run',
    need: ['owner'],
    reads: 'nothing',
    handle: (asked) => ({ json: firstRun.view(personIn(asked)) }),
  }),
  route({
    method: 'POST',
    path: '/api/first-run/plan',
    need: ['owner'],
    reads: answersShape,
    handle: async (asked: Asked<FirstRunAnswers>) => ({ json: await firstRun.plan(asked.body) }),
  }),
  route({
    method: 'POST',
    path: '/api/first-run/try',
    need: ['owner'],
    reads: triedShape,
    handle: async (asked: Asked<z.infer<typeof triedShape>>) => ({
      json: await firstRun.tryConnection(asked.body.connection, personIn(asked)),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/first-run',
    need: ['owner'],
    reads: writtenShape,
    handle: async (asked: Asked<Written>) => ({
      status: 201,
      json: await firstRun.write(asked.body.answers, asked.body.digest, personIn(asked)),
    }),
  }),
]
