import { writeFile } from 'node:fs/promises'
import type { ProofAnswer, ProofQuestion } from '#/audit/tiles/prove-receipt.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const auditProof: Command = {
  usage: 'RECEIPT [--out FILE]',
  about:
    'Gives the proof that an entry is in the log, as a .tlog-proof file that anybody can check offline with bin/sallyport-verify.mjs. RECEIPT is what stands in the x-sallyport-receipt header of an answer. That it was asked for is written to the log.',
  options: { out: { value: 'FILE', about: 'write the proof there instead of showing it' } },
  words: [1, 1],
  run: async (asked) => {
    const question: ProofQuestion = { receipt: asked.words[0] as string, by: askedBy() }
    const answer = (await callSallyport(asked.world, 'audit.proof', question)) as ProofAnswer
    const out = asked.option('out')
    if (out === undefined) {
      await asked.tell(answer, answer.proof.trimEnd())
      return exitCodes.ok
    }
    await writeFile(out, answer.proof, { mode: 0o600 })
    await asked.tell({ receipt: answer.receipt, file: out }, `The proof of ${answer.receipt} is in ${out}.`)
    return exitCodes.ok
  },
}
