import {
  type AnsweredProvider,
  type AnsweredTerm,
  connectionLines,
  directClasses,
  type FirstRunAnswers,
  type FirstRunView,
  homeNames,
  homes,
  type ProviderChoice,
  type Scheme,
} from '#/register/first-run/api.ts'
import type { Asking } from './asking.ts'

type Complain = (text: string) => void

/** The questions of the page, on a terminal. What is wrong with an answer beyond its form the plan says. */
export async function askAnswers(
  asking: Asking,
  view: FirstRunView,
  complain: Complain,
): Promise<FirstRunAnswers> {
  const owner = await asking.askFor(
    'Who looks after what is written (e-mail address)?',
    (answer) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) ? answer : undefined),
    'An e-mail address, like security@example.com.',
  )
  const home = await choose(
    asking,
    'Which cloud is home?',
    homes.map((each) => [each, homeNames[each]]),
  )
  const scheme = await choose<Scheme>(asking, 'Which classes do you have?', [
    ['four', 'public, internal, confidential, restricted'],
    ['three', 'public, internal, sensitive'],
  ])
  const examples = await askTerms(asking, scheme)
  const direct = await choose(
    asking,
    'Up to which class may the interface of a vendor be used, under contract?',
    directClasses.map((each) => [
      each,
      each === 'none'
        ? 'nothing goes to a vendor'
        : `up to ${each === 'confidential' && scheme === 'three' ? 'sensitive' : each}`,
    ]),
  )
  const providers: AnsweredProvider[] = []
  while (providers.length < mostProviders) {
    const provider = await askProvider(asking, view, home, complain)
    if (provider === undefined) break
    providers.push(provider)
  }
  return { owner, home, classes: { scheme, examples }, direct, providers }
}

const mostProviders = 10

/** By its number or its own word. */
function choose<T extends string>(
  asking: Asking,
  question: string,
  choices: readonly (readonly [T, string])[],
): Promise<T> {
  const lines = choices.map(([word, says], index) => `  ${index + 1}  ${word.padEnd(13)} ${says}`)
  return asking.askFor(
    `${question}\n${lines.join('\n')}\n>`,
    (answer) => choices.find(([word], index) => answer === word || answer === String(index + 1))?.[0],
    `A number from 1 to ${choices.length}.`,
  )
}

async function askTerms(asking: Asking, scheme: Scheme): Promise<readonly AnsweredTerm[]> {
  const terms: AnsweredTerm[] = []
  for (const each of ['internal', 'confidential', 'restricted'] as const) {
    if (scheme === 'three' && each === 'restricted') continue
    const name = scheme === 'three' && each === 'confidential' ? 'sensitive' : each
    const answer = await asking.ask(`Words of your own that are ${name}, with commas (Enter for none):`)
    const words = answer.split(',').map((word) => word.trim())
    terms.push(...words.filter((term) => term !== '').map((term) => ({ term, class: each })))
  }
  return terms
}

async function askProvider(
  asking: Asking,
  view: FirstRunView,
  home: string,
  complain: Complain,
): Promise<AnsweredProvider | undefined> {
  const near = view.choices.filter((each) => each.home === home).map(({ id }) => id)
  const hint = near.length === 0 ? '' : ` At home: ${near.join(', ')}.`
  const choice = await asking.askFor<ProviderChoice | null>(
    `Connect a provider: its id in the catalogue (Enter for no more).${hint}\n>`,
    (answer) => (answer === '' ? null : view.choices.find(({ id }) => id === answer)),
    'There is no such entry: "sallyport offering list" shows all.',
  )
  if (choice === null) return undefined
  if (choice.connecting.note !== null) complain(`${choice.connecting.note}\n`)
  const connection = await asking.askFor(
    'Name of its connection in the settings:',
    (answer) => (/^[a-z][a-z0-9-]{0,62}$/.test(answer) ? answer : undefined),
    'Small letters, digits and hyphens.',
  )
  if (!view.connections.some(({ id }) => id === connection)) complain(linesFor(connection, choice))
  const model = await asking.askFor(
    'Model, as the provider calls it:',
    (answer) => (answer === '' ? undefined : answer),
    'It must not be empty.',
  )
  return { offering: choice.id, connection, model, ...(await askOwn(asking, choice)) }
}

function linesFor(connection: string, { connecting }: ProviderChoice): string {
  const key = connecting.variable
  return [
    'It is not in the settings yet. Lines for the file SALLYPORT_SETTINGS names:',
    '',
    connectionLines(connection, connecting, connecting.url === '' ? 'https://ADDRESS/v1' : connecting.url),
    '',
    ...(key === null ? [] : [`Its key goes into the environment variable ${key}, never into the file.`]),
    '',
  ].join('\n')
}

/** What only the company knows; left out where nothing is said. */
async function askOwn(asking: Asking, { tier }: ProviderChoice): Promise<Partial<AnsweredProvider>> {
  const region = await asking.ask('Region, where it runs (Enter for what the catalogue says):')
  const said = region === '' ? {} : { region }
  if (tier !== 'self') {
    const agreement = await asking.ask('Signed agreement on data processing: where is it (Enter for none)?')
    return agreement === '' ? said : { ...said, agreement }
  }
  const keptDays = await asking.askFor<number | null>(
    'Days anything is kept there (0 for not at all, Enter for not known):',
    (answer) => (answer === '' ? null : /^\d{1,5}$/.test(answer) ? Number(answer) : undefined),
    'A whole number of days.',
  )
  const threatModel = await asking.ask('Threat model: where can it be read (Enter for none yet)?')
  const patchedOn = threatModel === '' ? '' : await asking.ask('Patched last on (2026-11-02):')
  return {
    ...said,
    ...(keptDays === null ? {} : { keptDays }),
    ...(threatModel === '' ? {} : { threatModel }),
    ...(patchedOn === '' ? {} : { patchedOn }),
  }
}
