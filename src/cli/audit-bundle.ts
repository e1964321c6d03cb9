import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { MadeBundle } from '#/audit/evidence/bundle.ts'
import { partOf } from '#/audit/evidence/bundle-file.ts'
import type { BundleQuestion } from '#/audit/evidence/control.ts'
import { printable } from '#/audit/printable.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption } from './command.ts'

export const auditBundle: Command = {
  usage: "RECEIPT,...|'QUERY' --out FILE.tar --reason TEXT [--reading ID]",
  about:
    'Makes one signed archive of exchanges, named by receipts or found by a question as audit search takes it, that anybody can check without us: headers, proofs, the checkpoint, and the rules, records and decisions they rest on. With a reading that is approved and was asked for at this command line, also what was entered, sent and answered. That it was made, by whom and why, is written to the log first.',
  options: {
    out: { value: 'FILE.tar', about: 'where to write it; must not be there yet' },
    reason: { value: 'TEXT', about: 'why, 10 to 1,000 characters; stands in the log and in the archive' },
    reading: { value: 'ID', about: 'a reading that covers all of it; the people concerned are told' },
  },
  words: [1, 1],
  run: async (asked) => {
    const reading = asked.option('reading')
    const question: BundleQuestion = {
      by: askedBy(),
      asked: asked.words[0] as string,
      reason: needOption(asked, 'reason'),
      out: resolve(needOption(asked, 'out')),
      ...(reading === undefined ? {} : { reading }),
    }
    const made = await whileTelling(question.out, asked, () =>
      callSallyport(asked.world, 'audit.bundle', question),
    )
    await asked.tell(made, formatMade(made as MadeBundle))
    return exitCodes.ok
  },
}

const everyMs = 1_000

/** The archive grows on this machine: its size is the progress. */
async function whileTelling<T>(out: string, { world }: Asked, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(async () => {
    const size = await stat(partOf(out)).then(
      (found) => found.size,
      () => undefined,
    )
    if (size !== undefined) world.complain(`${Math.ceil(size / 1_048_576)} MB written\n`)
  }, everyMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

const formatMade = (made: MadeBundle): string =>
  [
    `${made.out}: ${made.entries} entries and ${made.contents} contents in ${made.files} files, ${made.bytes} bytes`,
    `  against the checkpoint of ${made.checkpointSize} entries; the log says so as ${made.exportReceipt}`,
    ...made.missing.map((each) => `  missing: ${each}`),
    `  check it with: node bin/sallyport-verify.mjs bundle ${made.out}`,
  ]
    .map(printable)
    .join('\n')
