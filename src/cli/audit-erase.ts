import { printable } from '#/audit/printable.ts'
import { bases, type Erased, type StoreResult } from '#/audit/retention/erase.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'

export const auditErase: Command = {
  usage: '(--person EMAIL | --receipt RECEIPT) --basis BASIS --reason TEXT',
  about:
    'Erases everything a person entered, by destroying the keys it is sealed with; or the text of one exchange, for somebody named in it. The headers stay and the log still verifies. A legal hold blocks it. There is no way back. The exit code is 3 when a store could not erase.',
  options: {
    person: { value: 'EMAIL', about: 'whose texts' },
    receipt: { value: 'RECEIPT', about: 'of one exchange, as x-sallyport-receipt gave it' },
    basis: { value: 'BASIS', about: `the ground of GDPR Article 17 (1): ${bases.join(', ')}` },
    reason: { value: 'TEXT', about: 'in words, for the log; sealed' },
  },
  words: [0, 0],
  run: async (asked) => {
    const question = readQuestion(asked)
    const erased = (await callSallyport(asked.world, 'audit.erase', question)) as readonly Erased[]
    await asked.tell({ erased }, erased.flatMap(format).map(printable).join('\n'))
    return erased.every(({ isComplete }) => isComplete) ? exitCodes.ok : exitCodes.failed
  },
}

function readQuestion(asked: Asked) {
  const email = asked.option('person')
  const receipt = asked.option('receipt')
  if ((email === undefined) === (receipt === undefined))
    throw new UsageError('give either --person or --receipt')
  const basis = needOption(asked, 'basis')
  if (!(bases as readonly string[]).includes(basis))
    throw new UsageError(`--basis must be one of ${bases.join(', ')}`)
  return {
    ...(email === undefined ? { receipt } : { email }),
    basis,
    reason: needOption(asked, 'reason'),
    by: askedBy(),
  }
}

function format(erased: Erased): readonly string[] {
  const { id, entries, isComplete, keys, overwritten, alsoIn, heldBy, stores } = erased
  return [
    isComplete
      ? `Erased: ${id}`
      : `NOT COMPLETE: ${id}; a Sallyport that runs tries again by itself, as does the next start`,
    `  entries ${entries.join(' and ')}, keys destroyed ${keys}, texts overwritten ${overwritten.length}`,
    ...(alsoIn.length === 0 ? [] : [`  repeated in, and gone from there too: entries ${alsoIn.join(', ')}`]),
    ...(heldBy.length === 0
      ? []
      : [`  PARTS STAY: what was said before in the conversation lies in entries ${heldBy.join(', ')}`]),
    ...stores.map((store) => `  ${store.store}: ${say(store)}`),
  ]
}

function say(result: StoreResult): string {
  if (result.outcome === 'erased') return 'erased'
  if (result.outcome === 'nothing') return `nothing to erase; ${result.why}`
  if (result.outcome === 'by-hand') return `TO DO BY HAND: ${result.todo}`
  return `FAILED: ${result.problem}`
}
