import type { Comparison, EndingFact, OfferingLine, OfferingView } from '#/register/catalogue/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'
import { formatComparison, formatEnding, formatList, formatOffering } from './offering-lines.ts'

const place = 'An id stands for the record of the register first, then for the catalogue'
const which = `${place}: catalogue:ID and register:ID say which.`

export const offeringList: Command = {
  usage: '',
  about:
    'Lists the offerings of the register and of the catalogue, each with the highest class its facts allow.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const told = (await callSallyport(asked.world, 'offering.list', {})) as {
      readonly register: readonly OfferingLine[]
      readonly catalogue: readonly OfferingLine[]
    }
    await asked.tell(told, formatList(told.register, told.catalogue))
    return exitCodes.ok
  },
}

export const offeringShow: Command = {
  usage: 'ID',
  about: `Shows an offering: its facts with source and day, where sources differ, and why it carries no more. ${which}`,
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const told = (await callSallyport(asked.world, 'offering.show', { id })) as OfferingView
    await asked.tell(told, formatOffering(told))
    return exitCodes.ok
  },
}

export const offeringCompare: Command = {
  usage: 'A B',
  about: `Puts two offerings side by side; facts that differ are marked with *. ${which}`,
  options: {},
  words: [2, 2],
  run: async (asked) => {
    const [a = '', b = ''] = asked.words
    const told = (await callSallyport(asked.world, 'offering.compare', { a, b })) as Comparison
    await asked.tell(told, formatComparison(told))
    return exitCodes.ok
  },
}

export const offeringDraft: Command = {
  usage: 'ID --connection NAME --model NAME',
  about:
    'Writes a record file for "apply" from an offering of the catalogue, its facts copied with their sources. What is applied waits for its approval.',
  options: {
    connection: { value: 'NAME', about: 'the connection of the settings' },
    model: { value: 'NAME', about: 'the name the provider knows the model by' },
  },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const input = { id, connection: needOption(asked, 'connection'), model: needOption(asked, 'model') }
    const told = (await callSallyport(asked.world, 'offering.draft', input)) as { readonly text: string }
    await asked.tell(told, told.text.trimEnd())
    return exitCodes.ok
  },
}

export const offeringEnding: Command = {
  usage: '[--days 30]',
  about: 'Lists facts of offerings that serve which end soon or have ended. An ended fact counts as unknown.',
  options: { days: { value: 'DAYS', about: 'so many days ahead; 30 when not given' } },
  words: [0, 0],
  run: async (asked) => {
    const told = (await callSallyport(asked.world, 'offering.ending', { days: daysOf(asked) })) as {
      readonly days: number
      readonly facts: readonly EndingFact[]
    }
    await asked.tell(told, formatEnding(told.facts, told.days))
    return exitCodes.ok
  },
}

function daysOf(asked: Asked): number | undefined {
  const text = asked.option('days')
  if (text === undefined) return undefined
  if (!/^\d{1,4}$/.test(text)) throw new UsageError('--days must be a whole number of days, 3650 at most')
  return Number(text)
}
