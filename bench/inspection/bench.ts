import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from '../figure.ts'
import type { BenchOptions } from '../run.ts'

/** One part of the figures. Each is a section of `docs/accuracy.md`. */
export interface Part {
  readonly title: string
  /** What is measured, on which texts, and how it is counted. */
  readonly how: string
  /** What others published, with its source: to be read beside ours, where the counting is the same. */
  readonly others: readonly string[]
  readonly figures: (corporaFolder: string) => Promise<readonly Figure[]>
  /** Before the others, in a process that has done nothing else. */
  readonly isFirst?: true
}

export const parts: readonly Part[] = [
  {
    title: 'Personal data in English texts',
    how: 'The development texts of presidio-research, by their rule: neighbours joined, signs at the edges left out, spans of which at least nine tenths of the characters agree, whatever their type; F2 counts recall twice. Span by span, without joining, beside it. No row and no template of it was used to make anything here; errors on it were looked at while rules were written, so this is a figure of development.',
    others: [
      'Presidio as it comes: precision .685, recall .603, F2 .618; customised with a model of its own: .870, .839, .845 (notebooks 4 and 5 of presidio-research, on the whole set).',
    ],
    figures: async (folder) => (await import('./presidio.ts')).presidioFigures(folder),
  },
  {
    title: 'Ordinary texts',
    how: 'Benign rows of the injection set in which next to nothing should be masked. Findings for each ten thousand words, by kind; what really is an address counts as well. False is what is no value of the kind it was taken for, whoever it belongs to: every finding was looked at, and one nobody has looked at counts as false.',
    others: [],
    figures: async (folder) => (await import('./benign.ts')).benignFigures(folder),
  },
  {
    title: 'Names of people, places and organisations',
    how: "Exact spans. English and German by five-fold cross-validation on gold sentences the product's weights were trained on; Spanish clinical notes on the development part, trained on the other.",
    others: [
      "compromise 14.17 on the English web treebank's test part: person 54.8, place 62.4, organisation 32.2 (measured).",
    ],
    figures: async (folder) => (await import('./names.ts')).namesFigures(folder),
  },
  {
    title: 'Secrets',
    how: 'CredData in five folds by repository: recall over lines marked as credentials without kinds that are none (UUID, nonce, salt, names of buckets), precision over labelled lines. Examples of other projects by case; what of them is missed, or found wrongly, is counted by cause.',
    others: [
      'Fifteen of the false cases are keys published on purpose; they are on a list of ours (`src/inspect/secrets/published.ts`) as they are on that of gitleaks, whose tests the cases are.',
      '221 rules of gitleaks on the same lines: recall .25, precision .89 (measured with its rules run in JavaScript).',
    ],
    figures: async (folder) => (await import('./secrets.ts')).secretsFigures(folder),
  },
  {
    title: 'Attempts to take over a model',
    how: 'Each source is left out of training and of the choice of the threshold, then scored. Ordinary texts beside them, and texts that speak about attacks.',
    others: [
      "Prompt Guard 2 (86M) at 1 % false positives on a third party's 95 strings: .77, deepset .16, ProtectAI .03 (stefbrankovic 2026).",
    ],
    figures: async (folder) => (await import('./injection.ts')).injectionFigures(folder),
  },
  {
    title: 'Requests for harm where there are none',
    how: 'Ordinary texts, and benign twins: work of security, role play, texts that speak about attacks. Of each thousand, those in which the grammar finds a request for harm. No set of harmful requests is measured here.',
    others: [],
    figures: async (folder) => (await import('./harm.ts')).harmFigures(folder),
  },
  {
    title: 'Business text nobody has registered',
    how: 'Texts written for it in six languages, whole sentences and terms left out of training; ordinary texts of sources left out as well. Whole documents beside them, written before training and never trained or tuned on.',
    others: [],
    figures: async (folder) => (await import('./topics.ts')).topicsFigures(folder),
  },
  {
    title: 'What is disguised or encoded',
    how: 'Attempts that are found in clear, and values, each written in other ways by encoders of our own: an upper bound.',
    others: [],
    figures: async (folder) => (await import('./obfuscation.ts')).obfuscationFigures(folder),
  },
  {
    title: 'One pass is as good as many',
    how: 'The one trigger pass against a plain search for each detector, on texts of every set.',
    others: [],
    figures: async (folder) => (await import('./equivalence.ts')).equivalenceFigures(folder),
  },
  {
    title: 'Speed',
    how: 'One core. Texts are benign rows of the injection set, joined to prompts of 8 kB; 32 texts at a time, each at its quickest in four sweeps a quarter of a minute apart and eighteen seconds in all, because V8 compiles for seconds and what else runs on the core comes in stretches of seconds, or a median, measured before everything else: a gateway has one inspector, and the other parts make dozens. Hostile texts are timed after these (until 27 November 2026 in turns with them, which made prose a twelfth slower: V8 compiles for what it saw last). Megabytes are millions of characters.',
    others: [
      'Presidio 2 to 12 kB/s, llm-guard 2 to 8 kB/s (published by their projects); 221 rules of gitleaks in JavaScript 6 MB/s (measured).',
    ],
    figures: async (folder) => (await import('./speed.ts')).speedFigures(folder),
    isFirst: true,
  },
]

/** In the order they are to be measured in. */
export const inTurn: readonly Part[] = parts.toSorted(
  (one, other) => Number(other.isFirst ?? false) - Number(one.isFirst ?? false),
)

/** Where the corpora lie: beside the project, unless said otherwise. None of them is part of it. */
const corporaFolder = (): string =>
  process.env.SALLYPORT_CORPORA ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora')

/** The folder of the corpora; undefined, and a clear line, when it is not there. */
export function findCorpora(): string | undefined {
  const folder = corporaFolder()
  if (existsSync(folder)) return folder
  process.stderr.write(
    `no corpora at ${folder}: nothing is measured. SALLYPORT_CORPORA names another place.\n`,
  )
  return undefined
}

/** What inspection finds, what it takes for something it is not, and how fast. */
export async function* benchInspection({ say }: Pick<BenchOptions, 'say'>): AsyncGenerator<Figure> {
  const folder = findCorpora()
  if (folder === undefined) return
  for (const { title, figures } of inTurn) {
    say(title)
    yield* await figures(folder)
  }
}
