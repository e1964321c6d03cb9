import type { Remedy } from '#/core/refusal.ts'
import type { Problem } from '../core/problem.ts'

/** What the button of a remedy does. */
export type Act =
  | 'send-masked'
  | 'send-auto'
  | 'send-again'
  | 'edit-draft'
  | 'new-chat'
  | 'sign-in'
  | 'ask-access'

/** What the person answered to rules that ask before something goes. */
export interface Answered {
  readonly act: 'answer'
  readonly justification?: string
  /** Rules whose notice was read. */
  readonly acknowledge: readonly string[]
}

export interface RemedyRow {
  readonly id: string
  readonly title: string
  readonly text: string
  /** Absent: the remedy is something the person does elsewhere. */
  readonly button?: { readonly label: string; readonly act: Act }
}

/** Remedies the page can carry out itself; the gate's own sentences speak to programs as well. */
const rows: Readonly<Record<string, (remedy: Remedy) => RemedyRow>> = {
  'mask-and-send': ({ id }) => ({
    id,
    title: 'Send it masked',
    text: 'The marked text is masked before anything leaves. It does not come back in the answer.',
    button: { label: 'Send masked', act: 'send-masked' },
  }),
  // The form for both stands with the first of them.
  justify: ({ id }) => ({ id, title: 'Give a reason', text: 'Then it goes as it is.' }),
  acknowledge: ({ id }) => ({
    id,
    title: 'Read the notice',
    text: 'You are not asked again for a while, unless the rule changes.',
  }),
  'use-auto': ({ id, text }) => ({
    id,
    title: 'Use Auto',
    text: text.startsWith('Use the model "auto": ')
      ? text.endsWith('a rule lets it go to another offering.')
        ? 'Auto picks another offering, to which the rules let this go.'
        : 'Auto picks another offering that may carry this class.'
      : 'Auto picks an offering that may carry the class of this chat.',
    button: { label: 'Send with Auto', act: 'send-auto' },
  }),
  'remove-text': ({ id }) => ({
    id,
    title: 'Remove the marked text',
    text: 'Your draft is in the message box, with the marked text selected.',
    button: { label: 'Edit the draft', act: 'edit-draft' },
  }),
  'lower-content': ({ id }) => ({
    id,
    title: 'Take out what makes it so',
    text: 'Change the draft, then send it again.',
    button: { label: 'Edit the draft', act: 'edit-draft' },
  }),
  'retry-later': ({ id, text }) => ({
    id,
    title: 'Send it again',
    text: text === 'Send the same request again in a moment.' ? 'The same message, in a moment.' : text,
    button: { label: 'Send again', act: 'send-again' },
  }),
  wait: ({ id, text }) => ({
    id,
    title: 'Send it again',
    text,
    button: { label: 'Send again', act: 'send-again' },
  }),
  'sign-in': ({ id }) => ({
    id,
    title: 'Sign in again',
    text: 'In a window of its own: your draft and the chats of this tab stay, and the message goes then.',
    button: { label: 'Sign in', act: 'sign-in' },
  }),
  'ask-access': ({ id }) => ({
    id,
    title: 'Ask for access',
    text: 'With a reason, on the page under Access. Somebody else decides, and you see there when they have.',
    button: { label: 'Ask for access', act: 'ask-access' },
  }),
  'ask-owner': ({ id, text }) => ({ id, title: 'Ask about the rule', text }),
  'tell-operator': ({ id, text }) => ({ id, title: 'Tell the operator', text }),
}

/** For a place in an earlier message of the chat: the draft is fine, the chat is not. */
const startOver: RemedyRow = {
  id: 'new-chat',
  title: 'Start a new chat with this message',
  text: 'The marked text stands in an earlier message of this chat, which goes along with every new one.',
  button: { label: 'Start new chat', act: 'new-chat' },
}

/** The rows of "What works now", in the gate's order, each kind of button once. */
export function remedyRows(problem: Problem, isInEarlierMessage: boolean): readonly RemedyRow[] {
  const told = problem.remedies.map((remedy) => {
    const known = Object.hasOwn(rows, remedy.id) ? rows[remedy.id] : undefined
    return known === undefined ? { id: remedy.id, title: 'Another way', text: remedy.text } : known(remedy)
  })
  const fitting = isInEarlierMessage
    ? [...told.filter(({ button }) => button?.act !== 'edit-draft'), startOver]
    : told
  const acts = new Set<Act>()
  return fitting.filter(({ button }) => {
    if (button === undefined) return true
    const isNew = !acts.has(button.act)
    acts.add(button.act)
    return isNew
  })
}

/** Who answers for the rule, when the gate says so: `Ask Olivia Ortega about this rule.` */
export const ownerOf = (problem: Problem): string | undefined => {
  const text = problem.remedies.find(({ id }) => id === 'ask-owner')?.text
  const owner = text === undefined ? undefined : /^Ask (.{1,200}) about this rule\.$/.exec(text)?.[1]
  return owner === 'the owner of the use case' ? undefined : owner
}

/**
 * Codes of refusals that are decided before anything is sent on. Any other problem makes no claim about what left:
 * the receipt and the log know, the page does not.
 */
const refusedBeforeSending: ReadonlySet<string> = new Set([
  'sign-in-needed',
  'role-missing',
  'origin-refused',
  'body-empty',
  'body-too-large',
  'body-slow',
  'json-invalid',
  'request-invalid',
  'header-invalid',
  'model-unknown',
  'finding-blocked',
  'text-fixed',
  'file-unchangeable',
  'attachment-unread',
  'class-above-ceiling',
  'class-above-use-case',
  'class-above-key',
  'rule-blocked',
  'justification-needed',
  'acknowledgement-needed',
  'no-offering',
  'offering-outside-terms',
  'offering-outside-key',
  'baa-missing',
  'feature-keeps-data',
  'state-on-server',
  'budget-spent',
  'use-case-unknown',
  'use-case-conflict',
  'use-case-is-task',
  'rate-reached',
  'too-many-open',
  'log-quota-spent',
  'inspection-failed',
  'inspection-busy',
  'moderation-away',
  'moderation-above',
  'stopping',
])

const mayBeEither: ReadonlySet<string> = new Set(['held', 'tool-not-allowed'])

/** An answer may be held or call a tool as well, and then its question has left: the gate's sentence says which. */
export const leftNothing = ({ code, message }: Pick<Problem, 'code' | 'message'>): boolean =>
  refusedBeforeSending.has(code) || (mayBeEither.has(code) && message.endsWith('Nothing was sent.'))

/** What left of what was not sent on: a moderation model may have been shown it, and then the gate's sentence says so. */
export const whatLeft = ({ message }: Pick<Problem, 'message'>): string =>
  message.endsWith('the moderation model, was shown it.')
    ? 'Nothing left the company but to the moderation model.'
    : 'Nothing left the company.'

/** Refused by a rule, rather than failed on the way. */
export const isRefusal = ({ status, ...problem }: Problem): boolean =>
  leftNothing(problem) && status >= 400 && status < 500 && status !== 401 && status !== 429
