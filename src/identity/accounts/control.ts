/** What the command line asks about people and directories, under the name of the account of the machine. */
import { z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import { openHours } from '../scim/pause.ts'
import type { Scim } from '../scim/scim.ts'
import { type Accounts, pageLimits } from './accounts.ts'
import { accountStates, endReasons, restoreReasons } from './api.ts'

/** Never the id of a person: those start with `person_`. */
const by = z
  .string()
  .regex(/^command-line:/, 'must be an account of the machine')
  .max(200)
const who = z.string().min(1).max(300)

const question = z.strictObject({
  text: z.string().max(200).optional(),
  state: z.enum(accountStates).optional(),
  start: z.int().min(0).optional(),
  limit: z.int().min(1).max(pageLimits.highest).optional(),
})

export const accountHandlers = (accounts: Accounts, scim: Scim) => ({
  'person.list': async (input: unknown) => accounts.list(readWith(question, input)),
  'person.end': async (input: unknown) => {
    const read = readWith(z.strictObject({ by, who, reason: z.enum(endReasons) }), input)
    const id = accounts.idOf(read.who)
    await accounts.end({ id, by: read.by, reason: read.reason })
    return { id }
  },
  'person.restore': async (input: unknown) => {
    const read = readWith(z.strictObject({ by, who, reason: z.enum(restoreReasons) }), input)
    const id = accounts.idOf(read.who)
    await accounts.restore({ id, by: read.by, reason: read.reason })
    return { id }
  },
  'scim.status': async () => ({ directories: scim.status() }),
  'scim.resume': (input: unknown) =>
    scim.resume(
      readWith(
        z.strictObject({
          by: z.string().min(1).max(200),
          client: z.string().min(1).max(100),
          hours: z.int().min(1).max(openHours.highest).optional(),
        }),
        input,
      ),
    ),
})
