/**
 * How well secrets are found: CredData by five folds of repositories, each judged by weights trained on the other four;
 * examples of other scanners, and ordinary texts, by weights trained on all of CredData. None of those examples is
 * trained on. Ordinary texts and examples of other scanners are counted with names and ids of accounts, CredData is not. About ten seconds.
 */
import type { Finding } from '#/core/finding.ts'
import { createInspector, type Inspector, kinds, loadSecretModel, typesOfPack } from '#/inspect/index.ts'
import {
  isCore,
  type LabelledLine,
  type OrdinaryText,
  readLabelledLines,
  readOrdinaryTexts,
  readVendorExamples,
  type VendorExample,
} from '../../tools/training/secrets/corpora.ts'
import { type Example, examplesOf, isOn } from '../../tools/training/secrets/examples.ts'
import {
  isLearnt,
  type OrdinarySide,
  ordinarySide,
  trainSecretModel,
} from '../../tools/training/secrets/train.ts'
import { atLeast, atMost, type Figure, told } from '../figure.ts'
import { causeFigures } from './missed-secrets.ts'

const foldCount = 5

/** Figures of secrets over the corpora in `folder`. */
export async function secretsFigures(folder: string): Promise<Figure[]> {
  const rows = await readLabelledLines(folder)
  const texts = await readOrdinaryTexts(folder)
  const side = ordinarySide(texts)
  const examples = examplesOf(rows)
  const inspector = inspectorOf([...examples, ...side.negatives], side)
  return [
    ...labelledFigures(rows, examples, side),
    ...(await vendorFigures(folder, inspector)),
    ...ordinaryFigures(texts, inspector),
  ]
}

const inspectorOf = (examples: readonly Example[], { letters }: OrdinarySide): Inspector =>
  createInspector({ terms: [], secrets: loadSecretModel(trainSecretModel(examples, letters)) })

/** Each repository's fold, by the order of their names. */
function foldsOf(rows: readonly LabelledLine[]): ReadonlyMap<string, number> {
  const repositories = [...new Set(rows.map(({ repo }) => repo))].toSorted()
  return new Map(repositories.map((repo, index) => [repo, index % foldCount]))
}

/**
 * A row counts as found when a secret is found on its line, as the figures of other scanners were counted. A line that
 * also holds a true row is no false one.
 */
function labelledFigures(
  rows: readonly LabelledLine[],
  examples: readonly Example[],
  side: OrdinarySide,
): readonly Figure[] {
  const folds = foldsOf(rows)
  const keyOf = ({ repo, file, line }: LabelledLine): string => `${repo} ${file} ${line}`
  const trueLines = new Set(rows.filter(({ label }) => label === 'T').map(keyOf))
  const counts = { true: 0, found: 0, onValue: 0, false: 0, falseRows: 0 }
  for (let fold = 0; fold < foldCount; fold++) {
    const learnt = examples.filter(({ group }) => folds.get(group) !== fold)
    const inspector = inspectorOf([...learnt, ...side.negatives], side)
    for (const row of rows) {
      if (folds.get(row.repo) !== fold) continue
      const secrets = secretsIn(row.text, inspector)
      if (row.label === 'T' && isCore(row)) {
        counts.true++
        counts.found += Number(secrets.length > 0)
        counts.onValue += Number(secrets.some((finding) => isOn(finding, row)))
      } else if (row.label !== 'T' && !trueLines.has(keyOf(row))) {
        counts.falseRows++
        counts.false += Number(secrets.length > 0)
      }
    }
  }
  return [
    atLeast('secrets: CredData core recall, by repository', counts.found / counts.true, 'of rows', 0.85),
    atLeast(
      'secrets: CredData precision on labelled lines',
      counts.found / (counts.found + counts.false),
      'of finds',
      0.85,
    ),
    told('secrets: CredData core recall, on the value itself', counts.onValue / counts.true, 'of rows'),
    told('secrets: CredData false rows with a find', counts.false, `of ${counts.falseRows}`),
  ]
}

const secretsIn = (text: string, inspector: Inspector) =>
  inspector.inspect(text, 'user').filter(({ family }) => family === 'secret')

/** Names and ids of accounts count as found, and are told apart: they are no secrets. */
const isAccount = ({ type }: Finding): boolean => accountTypes.has(type)
const accountTypes: ReadonlySet<string> = new Set(typesOfPack('accounts', kinds))

const secretsAndAccountsIn = (text: string, inspector: Inspector): readonly Finding[] =>
  inspector.inspect(text, 'user').filter((finding) => finding.family === 'secret' || isAccount(finding))

const vendorSets = ['gitleaks-examples', 'kingfisher-examples', 'credsweeper-samples'] as const

async function vendorFigures(folder: string, inspector: Inspector): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const sum = { T: 0, F: 0, foundT: 0, foundF: 0 }
  let onlyAccounts = 0
  const missed: VendorExample[] = []
  const foundFalse: VendorExample[] = []
  for (const set of vendorSets) {
    const counts = { T: 0, F: 0, foundT: 0, foundF: 0 }
    for (const example of await readVendorExamples(folder, set)) {
      const found = secretsAndAccountsIn(example.text, inspector)
      const isFound = found.length > 0
      counts[example.label]++
      counts[`found${example.label}`] += Number(isFound)
      if (example.label === 'T' && isFound && found.every(isAccount)) onlyAccounts++
      if (example.label === 'T' && !isFound) missed.push(example)
      if (example.label === 'F' && isFound) foundFalse.push(example)
    }
    figures.push(told(`secrets: ${set}, true cases found`, counts.foundT / counts.T, `of ${counts.T}`))
    if (counts.F > 0)
      figures.push(told(`secrets: ${set}, false cases found`, counts.foundF / counts.F, `of ${counts.F}`))
    for (const key of ['T', 'F', 'foundT', 'foundF'] as const) sum[key] += counts[key]
  }
  return [
    ...figures,
    atLeast('secrets: examples of other scanners, true cases found', sum.foundT / sum.T, `of ${sum.T}`, 0.95),
    atMost('secrets: examples of other scanners, false cases found', sum.foundF / sum.F, `of ${sum.F}`, 0.02),
    told('secrets: true cases found as a secret', sum.foundT - onlyAccounts, `of ${sum.T}`),
    told('secrets: true cases found as the name or id of an account only', onlyAccounts, `of ${sum.T}`),
    ...causeFigures(missed, foundFalse),
  ]
}

/** Texts made up around invented passwords: a find in them is right, so they are told apart. */
const withPasswords = 'injecagent-benign-responses'

function ordinaryFigures(texts: readonly OrdinaryText[], inspector: Inspector): readonly Figure[] {
  const held = texts.filter((text) => !isLearnt(text) && text.src !== withPasswords)
  const countIn = (some: readonly OrdinaryText[]): number =>
    some.filter(({ text }) => secretsAndAccountsIn(text, inspector).length > 0).length
  const invented = texts.filter(({ src }) => src === withPasswords)
  const learnt = texts.filter(isLearnt)
  return [
    atMost('secrets: ordinary texts never learnt from, with a find', countIn(held), `of ${held.length}`, 5),
    told('secrets: ordinary texts learnt from, with a find', countIn(learnt), `of ${learnt.length}`),
    told('secrets: texts with invented passwords, with a find', countIn(invented), `of ${invented.length}`),
  ]
}
