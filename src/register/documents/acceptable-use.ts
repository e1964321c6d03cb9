import { stringify } from 'yaml'
import { kinds } from '#/inspect/index.ts'
import { servingOf } from '../serving.ts'
import type { Ground } from './coverage.ts'
import type { Clause, Link, PolicyDocument } from './document.ts'

export const acceptableUseId = 'acceptable-use'
export const acceptableUseTitle = 'Acceptable use of AI'

const familyOf = new Map(kinds.map(({ type, family }) => [type, family]))

/**
 * A template in plain words, its clauses linked to the rules that serve now. What no rule keeps says that it is a promise.
 * It decides nothing: it is a record like any other, and waits for its approval.
 */
export function acceptableUse(ground: Pick<Ground, 'records' | 'nowMs'>, owner: string): PolicyDocument {
  const rulesFor = (families: readonly string[]) => linksTo(families, ground)
  return {
    purpose:
      'This is how we use AI models at work: which tools, with which data, and who answers for what comes out. It holds for everybody who works for us, on every device.',
    clauses: [
      kept(
        'approved-tools',
        'Approved tools',
        [{ refusal: 'use-case-unknown' }, { refusal: 'model-unknown' }],
        'Use AI models for work only through Sallyport, under a use case that is approved and open to you. What is not offered there is not approved; ask for it on the page Access.',
      ),
      promise(
        'personal-accounts',
        'Personal accounts',
        'Do no work in personal accounts of AI services, free or paid, and put no company data there. If you did it before this was written, say so: it has no consequences.',
      ),
      kept(
        'classes',
        'Which data where',
        [{ refusal: 'class-above-ceiling' }, { refusal: 'class-above-use-case' }],
        'The classification guide says which class may go to which model. What is found decides the class. Raise it yourself where you know more than can be found; nobody lowers it by hand.',
      ),
      kept(
        'secrets',
        'Passwords and keys',
        rulesFor(['secret']),
        'Passwords, keys and tokens go into no prompt and no file that is sent. One that did is replaced at once, whether the gate stopped it or not.',
      ),
      kept(
        'payment',
        'Payment data',
        rulesFor(['payment']),
        'Card and account numbers are not given to a model. Work with the last digits or with made-up numbers.',
      ),
      kept(
        'people',
        'Data of people',
        rulesFor(['person', 'contact', 'identity']),
        'Give a model no more about a person than the work needs. Names and numbers that do not matter are left out or replaced.',
      ),
      kept(
        'health',
        'Health data',
        [{ refusal: 'baa-missing' }, ...rulesFor(['health'])],
        'Health data goes only where an agreement for it is in force.',
      ),
      promise(
        'people-decide',
        'People check answers',
        'A model can be wrong and sound sure. Whoever uses an answer checks it first and answers for it. No decision about a person is left to a model: not on hiring, pay, credit or dismissal.',
      ),
      kept(
        'agents',
        'Tools and agents',
        [{ refusal: 'tool-not-allowed' }],
        'A model that can act does so only with the tools its use case names. Read what it is about to do before you allow it.',
      ),
      kept(
        'records',
        'What is recorded',
        [{ refusal: 'log-unavailable' }],
        'Each exchange is recorded. Texts are read only under the reading rules, with a reason and a second person. What cannot be recorded is not sent.',
      ),
      kept(
        'incidents',
        'When something went wrong',
        [{ switch: 'all' }, { switch: 'use-case' }],
        `Tell ${owner} at once when data went where it should not, or an answer did harm. Do not delete anything. Whoever reports their own mistake early is not punished for it.`,
      ),
      promise(
        'consequences',
        'Consequences',
        'Going around the gate on purpose, or telling untruths about it, is a breach of duty. A first one is talked about and access may be paused; a repeated or a serious one can end access and employment. Nobody decides about it alone.',
      ),
      promise(
        'questions',
        'Whom to ask',
        `Ask ${owner} when something is unclear, before you send it. An answer comes within a working day.`,
      ),
    ],
  }
}

const promise = (id: string, title: string, text: string): Clause => ({ id, title, text, promiseOnly: true })

/** Without any rule that serves, it is a promise like the others. */
const kept = (id: string, title: string, rules: Link[], text: string): Clause =>
  rules.length === 0 ? promise(id, title, text) : { id, title, text, rules }

/** As many as a clause can show. */
const mostLinks = 10

/** Rules for what is sent, of policies that serve, that do something with one of these families. */
function linksTo(families: readonly string[], { records, nowMs }: Pick<Ground, 'records' | 'nowMs'>): Link[] {
  return records
    .list('policy')
    .flatMap((history) => servingOf(history, nowMs).serving?.record ?? [])
    .filter(({ id }) => id !== acceptableUseId)
    .flatMap(({ id: policy, body }) =>
      body.rules
        .filter(({ action, direction }) => action !== 'note' && direction === 'request')
        .filter((rule) =>
          [...rule.families, ...rule.types.map((type) => familyOf.get(type))].some((each) =>
            families.includes(each ?? ''),
          ),
        )
        .map(({ id: rule }) => ({ policy, rule })),
    )
    .slice(0, mostLinks)
}

export const acceptableUseBody = (document: PolicyDocument, owner: string) => ({
  title: acceptableUseTitle,
  owner,
  document,
})

/** A file for `apply`. */
export const acceptableUseDraft = (document: PolicyDocument, owner: string): string =>
  `# A template. Change what does not fit before you apply it.\n${stringify(
    { records: [{ kind: 'policy', id: acceptableUseId, ...acceptableUseBody(document, owner) }] },
    { lineWidth: 0 },
  )}`
