/** What was given out or noted earlier, held against a log: older checkpoints and proofs. */
import { type Checkpoint, openCheckpoint, type VerifierKey } from './note.ts'
import { consistencyRanges, provesConsistency, provesInclusion } from './tiles/proof.ts'
import { readProof } from './tiles/proof-file.ts'
import { hasTiles } from './tiles/tile-check.ts'
import { TileFiles } from './tiles/tile-files.ts'
import { TileHashes, TileMissing } from './tiles/tile-hashes.ts'
import { leafHash } from './tree.ts'

export interface NamedText {
  readonly name: string
  readonly text: string
}

/** Something signed that the log must bear out. */
export interface Claim {
  /** For a sentence: `the signed checkpoint`, `the checkpoint in old.txt`. */
  readonly name: string
  readonly checkpoint: Checkpoint
  /** Of a proof: which leaf stands where. */
  readonly entry?: { readonly index: number; readonly leaf: Buffer }
}

export function readClaims(
  options: { readonly since?: readonly NamedText[]; readonly proofs?: readonly NamedText[] },
  key: VerifierKey,
  onProblem: (problem: string) => void,
): readonly Claim[] {
  const claims: Claim[] = []
  for (const { name, text } of options.since ?? []) {
    const checkpoint = openCheckpoint(text, key)
    if (checkpoint === undefined) onProblem(`${name} is not a checkpoint signed by the key of this log`)
    else claims.push({ name: `the checkpoint in ${name}`, checkpoint })
  }
  for (const { name, text } of options.proofs ?? []) {
    const claim = readProofClaim(name, text, key)
    if (typeof claim === 'string') onProblem(`${name} ${claim}`)
    else claims.push(claim)
  }
  return claims
}

function readProofClaim(name: string, text: string, key: VerifierKey): Claim | string {
  const proof = readProof(text)
  if (proof === undefined) return 'is not a proof'
  const { index, hashes, extra } = proof
  const checkpoint = openCheckpoint(proof.checkpoint, key)
  if (checkpoint === undefined) return 'holds no checkpoint signed by the key of this log'
  if (extra === undefined) return 'does not hold the entry it is about'
  const leaf = leafHash(Buffer.concat([Buffer.from([0]), extra]))
  if (!provesInclusion({ index, leaf, ...checkpoint }, hashes)) return 'does not prove its entry'
  return { name: `the proof in ${name}`, checkpoint, entry: { index, leaf } }
}

/** What a witness would be shown: the tiles prove that the checkpoint goes on from each older one. */
export async function checkConsistency(
  folder: string,
  { size, root }: Checkpoint,
  claims: readonly Claim[],
  onProblem: (problem: string) => void,
): Promise<void> {
  const files = new TileFiles(folder)
  if (!hasTiles(folder)) return
  for (const { name, checkpoint } of claims.filter((claim) => claim.checkpoint.size <= size)) {
    const ranges = consistencyRanges(checkpoint.size, size)
    try {
      const hashes = await new TileHashes(size, (tile) => files.readWide(tile)).all(ranges)
      if (!provesConsistency(checkpoint, { size, root }, hashes)) {
        onProblem(`the tiles do not prove that the signed checkpoint goes on from ${name}`)
      }
    } catch (error) {
      if (!(error instanceof TileMissing)) throw error
      onProblem(error.message)
    }
  }
}
