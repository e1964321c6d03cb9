/** Readings as the command line asks for them: under the name of the account of the machine. Approving is not here. */
import { z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import { contentShape } from '../index/match-content.ts'
import { askedShape } from './asked.ts'
import type { Readings } from './readings.ts'

/** Never the id of a person: those start with `person_`. */
const by = z
  .string()
  .regex(/^command-line:/, 'must be an account of the machine')
  .max(200)
const id = z.string().min(1).max(100)
const index = z.int().nonnegative()

export const readingHandlers = (readings: Readings) => ({
  'audit.reading.request': (input: unknown) => {
    const read = readWith(z.strictObject({ by, asked: askedShape }), input)
    return readings.request(read.asked, read.by)
  },
  'audit.reading.list': (input: unknown) => readings.list(readWith(z.strictObject({ by }), input).by),
  'audit.reading.end': (input: unknown) => {
    const read = readWith(z.strictObject({ by, id }), input)
    return readings.end(read.id, read.by)
  },
  'audit.reading.entries': (input: unknown) => {
    const read = readWith(z.strictObject({ by, id }), input)
    return readings.entries(read.id, read.by)
  },
  'audit.reading.search': (input: unknown) => {
    const read = readWith(z.strictObject({ by, id, asked: contentShape }), input)
    return readings.search(read.id, read.asked, read.by)
  },
  'audit.reading.open': (input: unknown) => {
    const read = readWith(z.strictObject({ by, id, index }), input)
    return readings.open(read.id, read.index, read.by)
  },
})
