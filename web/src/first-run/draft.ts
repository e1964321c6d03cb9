import type {
  AnsweredProvider,
  AnsweredTerm,
  Direct,
  FirstRunAnswers,
  Home,
  ProviderChoice,
  Scheme,
} from '#/register/first-run/api.ts'

/** A provider as it stands in the form: every field a text. */
export interface DraftProvider {
  readonly offering: string
  readonly connection: string
  readonly url: string
  readonly model: string
  readonly region: string
  readonly agreement: string
  readonly keptDays: string
  readonly threatModel: string
  readonly patchedOn: string
}

export const exampleClasses = ['internal', 'confidential', 'restricted'] as const
export type ExampleClass = (typeof exampleClasses)[number]

/** The answers as they are being given. */
export interface Draft {
  /** Which of the four steps is open, from 0. */
  readonly step: number
  readonly owner: string
  readonly home: Home | ''
  readonly scheme: Scheme
  /** One term a line. */
  readonly examples: Readonly<Record<ExampleClass, string>>
  readonly direct: Direct
  readonly providers: readonly DraftProvider[]
  /** The connection one goes to when the first provider fails, and the day that was tried. */
  readonly exit: { readonly connection: string; readonly testedOn: string }
}

export const emptyDraft = (owner: string): Draft => ({
  ...{ step: 0, owner, home: '', scheme: 'four', direct: 'internal' },
  examples: { internal: '', confidential: '', restricted: '' },
  providers: [],
  exit: { connection: '', testedOn: '' },
})

export const emptyProvider: DraftProvider = {
  ...{ offering: '', connection: '', url: '', model: '', region: '' },
  ...{ agreement: '', keptDays: '', threatModel: '', patchedOn: '' },
}

/** What the choice of an entry of the catalogue fills in by itself. */
export const chosen = ({ id, connecting }: ProviderChoice): DraftProvider => ({
  ...emptyProvider,
  offering: id,
  connection: id.split('-').slice(0, 2).join('-'),
  url: connecting.url,
})

/** The answers as the gate takes them; undefined until the first question is answered. */
export function answersOf(draft: Draft): FirstRunAnswers | undefined {
  const { owner, home, scheme, direct, providers, exit } = draft
  if (home === '') return undefined
  const place = providers.findIndex(({ connection }) => connection === exit.connection)
  const hasExit = providers.length > 1 && place !== -1 && exit.testedOn !== ''
  return {
    owner,
    home,
    classes: { scheme, examples: termsOf(draft) },
    direct,
    providers: providers.map(providerOf),
    ...(hasExit ? { exit: { provider: place, testedOn: exit.testedOn } } : {}),
  }
}

/** With three classes there is no box for restricted: what stands there is not asked for and not sent. */
const termsOf = ({ examples, scheme }: Draft): readonly AnsweredTerm[] =>
  exampleClasses
    .filter((each) => scheme === 'four' || each !== 'restricted')
    .flatMap((each) => linesOf(examples[each]).map((term) => ({ term, class: each })))

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function providerOf({ url: _, keptDays, ...texts }: DraftProvider): AnsweredProvider {
  const { offering, connection, model, ...rest } = texts
  const said = Object.entries(rest).filter(([, value]) => value.trim() !== '')
  return {
    ...{ offering, connection, model },
    ...Object.fromEntries(said),
    ...(keptDays.trim() === '' ? {} : { keptDays: Number(keptDays) }),
  }
}
