/**
 * The refusal catalogue: every refusal a person or a program may be shown, in one place, so that its
 * sentence can be reviewed by people who do not read code. A refusal carries facts, never text a user typed.
 */

import { withArticles } from './article.ts'

/** A way on that works now. `id` is stable for programs, `text` is for people. */
export interface Remedy {
  readonly id: string
  readonly text: string
}

/**
 * Where in the request something stands that may not leave; the offsets point into the text at `field`, and are 0 where a
 * file stands there. `rule`: the id of the rule that stops it.
 */
export interface Evidence {
  readonly field: string
  readonly rule?: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly label: string
}

export type Facts = Readonly<
  Record<string, string | number | boolean | undefined | readonly string[] | readonly Evidence[]>
>

interface Entry {
  readonly status: number
  readonly sentence: (facts: Facts) => string
  readonly remedies: (facts: Facts) => readonly Remedy[]
}

const remedy = (id: string, text: string): Remedy => ({ id, text })
const named = (value: Facts[string]): string =>
  Array.isArray(value) ? withArticles(value) : String(value ?? '')
const list = (value: Facts[string]): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''))
/** An amount with as many decimals as it takes to see it: a token costs millionths. */
const usd = (value: Facts[string]): string => {
  const amount = Number(value)
  return amount === 0 || amount >= 0.01 ? amount.toFixed(2) : amount.toPrecision(2)
}

const correctAndSend = remedy(
  'correct-request',
  'Correct the request and send it again. Nothing was sent on.',
)
const tryLater = remedy('retry-later', 'Send the same request again in a moment.')
const useAutoWhereItWorks = (facts: Facts) =>
  facts['autoWorks'] === true
    ? [remedy('use-auto', 'Use the model "auto": a rule lets it go to another offering.')]
    : []
const maskWhereAllowed = (facts: Facts) =>
  facts['mayMask'] === true
    ? [
        remedy(
          'mask-and-send',
          'Send it masked: repeat the request with the header "x-sallyport-remedy: mask".',
        ),
      ]
    : []
const acknowledgeWhereAsked = (facts: Facts) =>
  Array.isArray(facts['acknowledge']) && facts['acknowledge'].length > 0
    ? [
        remedy(
          'acknowledge',
          `Read the notice and say so: repeat the request with the header "x-sallyport-acknowledge: ${list(facts['acknowledge'])}".`,
        ),
      ]
    : []
/** Notices of rules, as people wrote them for this. */
const noticesOf = (facts: Facts): string =>
  Array.isArray(facts['notices']) ? facts['notices'].map((notice) => `“${String(notice)}”`).join(' ') : ''
const askOwner = (facts: Facts) =>
  remedy('ask-owner', `Ask ${list(facts['owner']) || 'the owner of the use case'} about this rule.`)

const useAuto = (facts: Facts) =>
  facts['autoWorks'] === true
    ? [remedy('use-auto', 'Use the model "auto": another offering may carry this.')]
    : []

const endings: Readonly<Record<string, string>> = {
  account: ': the account was ended',
  session: ': the session ended',
  key: ': the key ended',
  'use-case': ': the use case is no longer open to you',
  offering: ': its offering is no longer open to you, or no longer approved',
}
const whyEnded = (why: Facts[string]): string => endings[String(why)] ?? ''

/** What a switch stopped, as the first words of a sentence. A person and a key are the caller's own. */
const stopped = ({ scope, target }: Facts): string =>
  scope === 'offering' || scope === 'tool'
    ? `The ${scope} ${list(target)}`
    : scope === 'use-case'
      ? `The use case ${list(target)}`
      : scope === 'person'
        ? 'Your use of models'
        : scope === 'key'
          ? 'This key'
          : 'All use of models'

export const refusals = {
  // --- Who is asking -------------------------------------------------------------------------------------
  'sign-in-needed': {
    status: 401,
    sentence: () => 'You are not signed in, or your session has ended.',
    remedies: () => [remedy('sign-in', 'Sign in with your work account at /sign-in.')],
  },
  'step-up-needed': {
    status: 401,
    sentence: (facts) =>
      `This needs a sign-in that is not older than ${list(facts['minutes'])} ${facts['minutes'] === 1 ? 'minute' : 'minutes'}.`,
    remedies: () => [
      remedy('step-up', 'Sign in once more at /sign-in?step-up=1, then do it again. Nothing was done yet.'),
    ],
  },
  'account-ended': {
    status: 401,
    sentence: () => 'This account has been ended.',
    remedies: () => [
      remedy(
        'ask-operator',
        'Ask your IT department: the account is ended in the directory or in Sallyport.',
      ),
    ],
  },
  'own-account': {
    status: 409,
    sentence: () => 'You cannot end your own account here.',
    remedies: () => [remedy('ask-other', 'Ask another owner, or use bin/sallyport person end.')],
  },
  'directory-inactive': {
    status: 409,
    sentence: () => 'The directory says that this person has no access, so it is not given back here.',
    remedies: () => [
      remedy(
        'reactivate',
        'Assign the person to Sallyport again in the directory; it gives the account back.',
      ),
    ],
  },
  'key-missing': {
    status: 401,
    sentence: () => 'The request carries no key.',
    remedies: () => [
      remedy('send-key', 'Send your Sallyport key as "Authorization: Bearer KEY" or as "x-api-key: KEY".'),
    ],
  },
  'key-unknown': {
    status: 401,
    sentence: () => 'This key is not one of ours.',
    remedies: () => [remedy('create-key', 'Create a key with: bin/sallyport key create --person EMAIL')],
  },
  'key-expired': {
    status: 401,
    sentence: (facts) => `This key ended on ${list(facts['endedOn'])}.`,
    remedies: () => [remedy('create-key', 'Create a new key with: bin/sallyport key create --person EMAIL')],
  },
  'key-revoked': {
    status: 401,
    sentence: (facts) => `This key was revoked on ${list(facts['revokedOn'])}.`,
    remedies: () => [
      remedy('create-key', 'Ask for a new key, and remove the old one from wherever it is used.'),
    ],
  },
  'device-ended': {
    status: 401,
    sentence: () => 'This access token has ended, or the tool it was given to is signed out.',
    remedies: () => [
      remedy('refresh-token', 'Refresh it at /oauth/token; "bin/sallyport token" does that by itself.'),
      remedy('sign-in-again', 'Sign in again: "bin/sallyport login", or /login in Claude Code.'),
    ],
  },
  'key-elsewhere': {
    status: 403,
    sentence: () => 'This key is bound to networks (networks), and this address is in none of them.',
    remedies: () => [
      remedy(
        'use-network',
        'Use the key from one of its networks; "My keys" (#keys) and "key list" show them.',
      ),
      remedy('create-key', 'Ask for a key that is bound to the network you are in.'),
    ],
  },
  'too-many-wrong-keys': {
    status: 429,
    sentence: () => 'Too many keys that do not work came from your address within a minute.',
    remedies: () => [
      remedy(
        'check-key',
        'Check which key your program sends, and wait a minute. A key that works is taken meanwhile.',
      ),
    ],
  },
  'key-wider': {
    status: 403,
    sentence: (facts) =>
      `A key made with another one is never wider, and this would be in: ${list(facts['bound'])}.`,
    remedies: () => [
      remedy('ask-less', 'Leave it out to have what the parent has, or ask for less.'),
      remedy('create-key', 'Make a key that is not below another one.'),
    ],
  },
  'key-over': {
    status: 409,
    sentence: () =>
      'This key has ended, was replaced already, or lives for minutes only: nothing takes its place.',
    remedies: () => [remedy('create-key', 'Make a new key.')],
  },
  'role-missing': {
    status: 403,
    sentence: (facts) => `This needs one of these roles: ${list(facts['roles'])}.`,
    remedies: () => [
      remedy('ask-owner', 'Ask an owner of this Sallyport to give you the role.'),
      remedy('ask-access', 'Ask for it on the page under Access (#access), with a reason.'),
    ],
  },
  'own-proposal': {
    status: 403,
    sentence: () => 'You wrote this version, so somebody else decides about it.',
    remedies: () => [remedy('ask-other', 'Ask another person with the right to decide.')],
  },
  'own-publication': {
    status: 403,
    sentence: () =>
      'Two people publish here: who asked cannot agree, and neither can an account of the machine.',
    remedies: () => [
      remedy('ask-other', 'Ask another person with the role security or owner to publish it on the page.'),
    ],
  },
  'publication-nothing': {
    status: 409,
    sentence: (facts) => `There is nothing ${list(facts['what'])}.`,
    remedies: () => [
      remedy(
        'see-publications',
        'See what serves and what waits on the page under Publications (#publications).',
      ),
    ],
  },
  'publication-changed': {
    status: 409,
    sentence: () => 'What waits is other than what you looked at. Nothing was published.',
    remedies: () => [remedy('look-again', 'Look at the difference again, and publish that.')],
  },
  'publication-stopped': {
    status: 409,
    sentence: (facts) => `Nothing was published. ${list(facts['problem'])}`,
    remedies: () => [
      remedy('see-check', 'See everything that stands in the way: bin/sallyport publication check.'),
      remedy('change-record', 'Change the record that is named, and have the change approved.'),
    ],
  },
  'not-yours-to-decide': {
    status: 403,
    sentence: () => 'This record names the person who decides about it, and that is somebody else.',
    remedies: () => [
      remedy('ask-named', 'Ask the person it names.'),
      remedy('name-another', 'Write a version that names somebody else; it waits like any other.'),
    ],
  },
  'decided-meanwhile': {
    status: 409,
    sentence: (facts) =>
      `Meanwhile ${list(facts['by'])} decided about this record: ${list(facts['verdict'])}. Nothing was changed.`,
    remedies: () => [remedy('look-again', 'Load the record again, look at it, and decide.')],
  },
  'held-back': {
    status: 409,
    sentence: (facts) => `This is not approved now, because ${list(facts['why'])}.`,
    remedies: () => [
      remedy('do-first', 'Do that first; then approve.'),
      remedy('reject-it', 'Somebody who decides about it may reject it, if it is none.'),
    ],
  },
  'plan-outdated': {
    status: 409,
    sentence: () => 'The register was changed since the plan was made. Nothing was written.',
    remedies: () => [remedy('plan-again', 'Run the same command again and look at the new plan.')],
  },
  'first-run-over': {
    status: 409,
    sentence: () => 'The register holds more than it began with: the first run is over. Nothing was written.',
    remedies: () => [
      remedy(
        'edit-records',
        'Write new versions of the records: "sallyport export", edit, "sallyport apply".',
      ),
      remedy('draft-offering', 'Connect a further provider with "sallyport offering draft".'),
    ],
  },
  'record-incomplete': {
    status: 409,
    sentence: (facts) =>
      `Version ${list(facts['version'])} of ${list(facts['record'])} cannot be approved: ${list(facts['problem'])}.`,
    remedies: (facts) => [
      remedy(
        'propose-again',
        `Write a new version with the field "${list(facts['field'])}"; then it can be approved.`,
      ),
    ],
  },
  'practice-prohibited': {
    status: 400,
    sentence: (facts) =>
      `The field "${list(facts['field'])}" names what nobody may do: ${list(facts['problem'])}.`,
    remedies: () => [
      remedy(
        'change-use-case',
        'Change the use case so that it does not do this, and propose it with "practices: []".',
      ),
      remedy('ask-legal', 'Ask somebody with the role legal whether it falls under the law at all.'),
    ],
  },
  'own-grant': {
    status: 403,
    sentence: () => 'Nobody gives access to themselves, or takes away what keeps them out.',
    remedies: () => [
      remedy('ask-access', 'Ask for it on the page under Access (#access); somebody else decides.'),
      remedy('ask-other', 'Ask another owner to do it.'),
    ],
  },
  'own-stop': {
    status: 403,
    sentence: () => 'You stopped everything, so somebody else releases it.',
    remedies: (facts) => [remedy('ask-other', `Ask ${list(facts['others'])} to release it.`)],
  },
  'access-decided': {
    status: 409,
    sentence: (facts) => `This request is ${list(facts['state'])}: there is nothing to do about it now.`,
    remedies: () => [remedy('see-requests', 'See your requests on the page under Access (#access).')],
  },
  'access-requests-most': {
    status: 429,
    sentence: (facts) => `${list(facts['limit'])} requests for access are there, which is the limit.`,
    remedies: () => [
      remedy('wait-for-decision', 'Wait until some are decided; each is over after 14 days at most.'),
    ],
  },
  'own-reading': {
    status: 403,
    sentence: () => 'You asked for this reading, so somebody else decides about it.',
    remedies: () => [remedy('ask-other', 'Ask another person with the role security, legal or owner.')],
  },
  'no-second-person': {
    status: 409,
    sentence: (facts) =>
      `Content is never opened by one person alone: ${list(facts['needed'])} other ${facts['needed'] === 1 ? 'person' : 'people'} must approve, and here ${list(facts['there'])} could.`,
    remedies: () => [
      remedy(
        'name-second-owner',
        'Name another owner in the settings under identity.owners, start again, and let that person sign in once.',
      ),
      remedy('read-own', 'Your own entries need nobody else: see /api/log/mine.'),
    ],
  },
  'reading-not-open': {
    status: 403,
    sentence: (facts) => `This reading is ${list(facts['state'])}, so nothing can be read under it.`,
    remedies: (facts) => [
      facts['state'] === 'waiting'
        ? remedy('ask-approver', 'Ask another person with the role security, legal or owner to approve it.')
        : remedy('ask-again', 'Ask for a new reading; it begins when another person approves it.'),
    ],
  },
  'reading-decided': {
    status: 409,
    sentence: (facts) => `This reading is ${list(facts['state'])}: there is nothing left to decide.`,
    remedies: () => [remedy('ask-again', 'Ask for a new reading when one is needed.')],
  },
  'outside-reading': {
    status: 403,
    sentence: () => 'This entry is not covered by the reading, or it has no content.',
    remedies: () => [
      remedy('see-covered', 'See what it covers at /api/log/readings/ID/entries.'),
      remedy('ask-again', 'Ask for another reading that names this entry.'),
    ],
  },
  'origin-refused': {
    status: 403,
    sentence: (facts) =>
      `The ${list(facts['header'])} header of this request does not belong to this Sallyport.`,
    remedies: () => [remedy('use-own-page', 'Use the page at the address Sallyport printed at start.')],
  },
  'https-needed': {
    status: 403,
    sentence: () => 'This came over http, and keys and sessions may only travel over https.',
    remedies: () => [remedy('use-https', 'Ask again at the address that starts with https://.')],
  },
  'sign-in-failed': {
    status: 400,
    sentence: (facts) => `Sign-in did not finish: ${list(facts['reason'])}.`,
    remedies: () => [remedy('sign-in', 'Start again at /sign-in.')],
  },
  'person-ambiguous': {
    status: 409,
    sentence: () => 'More than one person fits this e-mail address.',
    remedies: () => [remedy('ask-owner', 'Ask an owner to name the person by issuer and subject.')],
  },

  // --- What was asked ------------------------------------------------------------------------------------
  'path-unknown': {
    status: 404,
    sentence: (facts) => `There is nothing at ${list(facts['method'])} ${list(facts['path'])}.`,
    remedies: () => [remedy('see-paths', 'Clients use /v1/chat/completions, /v1/messages and /v1/models.')],
  },
  'method-refused': {
    status: 405,
    sentence: (facts) => `This path takes ${list(facts['allowed'])}.`,
    remedies: () => [correctAndSend],
  },
  'not-found': {
    status: 404,
    sentence: (facts) => `There is no ${list(facts['what'])} with this id, or it is not yours to read.`,
    remedies: () => [remedy('check-id', 'Check the id.')],
  },
  'body-empty': {
    status: 400,
    sentence: () => 'The request has no body.',
    remedies: () => [correctAndSend],
  },
  'body-too-large': {
    status: 413,
    sentence: (facts) => `The body is larger than ${list(facts['limitBytes'])} bytes.`,
    remedies: () => [remedy('shorten', 'Send less: shorten the conversation or leave out a file.')],
  },
  'body-slow': {
    status: 408,
    sentence: (facts) => `The body did not arrive within ${list(facts['limitMs'])} ms.`,
    remedies: () => [tryLater],
  },
  'encoding-refused': {
    status: 415,
    sentence: (facts) => `Bodies must come as they are, without content-encoding ${list(facts['encoding'])}.`,
    remedies: () => [remedy('send-plain', 'Send the body uncompressed.')],
  },
  'json-invalid': {
    status: 400,
    sentence: (facts) => `The body is not valid JSON: ${list(facts['problem'])}.`,
    remedies: () => [correctAndSend],
  },
  'request-invalid': {
    status: 400,
    sentence: (facts) => `The field "${list(facts['field'])}" is wrong: ${list(facts['problem'])}.`,
    remedies: () => [correctAndSend],
  },
  'question-invalid': {
    status: 400,
    sentence: (facts) => `The question cannot be read: ${list(facts['problem'])}.`,
    remedies: () => [
      remedy('correct-question', 'Correct the word and ask again, as in: class:confidential since:2d'),
    ],
  },
  'header-invalid': {
    status: 400,
    sentence: (facts) => `The header "${list(facts['header'])}" is wrong: ${list(facts['problem'])}.`,
    remedies: () => [correctAndSend],
  },
  'not-supported': {
    status: 501,
    sentence: (facts) => `Sallyport does not ${list(facts['what'])}.`,
    remedies: (facts) => [remedy('go-without', `${list(facts['instead'])}`)],
  },
  'model-unknown': {
    status: 404,
    sentence: () => 'There is no model of this name for you here.',
    remedies: () => [
      remedy('use-auto', 'Use the model "auto".'),
      remedy('list-models', 'See what you may use at /v1/models.'),
    ],
  },
  'state-on-server': {
    status: 400,
    sentence: (facts) =>
      `The field "${list(facts['field'])}" asks the provider to keep state, which cannot be checked or masked here.`,
    remedies: () => [remedy('send-history', 'Send the whole conversation with the request instead.')],
  },

  // --- What may not leave --------------------------------------------------------------------------------
  'finding-blocked': {
    status: 400,
    sentence: (facts) => `The request holds ${named(facts['types'])}, which may not leave. Nothing was sent.`,
    remedies: (facts) => [
      ...maskWhereAllowed(facts),
      ...useAutoWhereItWorks(facts),
      remedy('remove-text', 'Remove the marked text and send again.'),
      askOwner(facts),
    ],
  },
  'rule-blocked': {
    status: 400,
    sentence: (facts) =>
      `“${list(facts['ruleTitle'])}” lets nothing that is ${list(facts['class'])} go there. Nothing was sent.`,
    remedies: (facts) => [
      ...useAutoWhereItWorks(facts),
      remedy('lower-content', 'Remove what makes it so, then send again.'),
      askOwner(facts),
    ],
  },
  'justification-needed': {
    status: 400,
    sentence: (facts) =>
      `“${list(facts['ruleTitle'])}” asks for a reason before this goes to ${list(facts['offering'])}.${
        noticesOf(facts) === '' ? '' : ` Read this, too: ${noticesOf(facts)}`
      } Nothing was sent.`,
    remedies: (facts) => [
      remedy(
        'justify',
        'Give a reason: repeat the request with the header "x-sallyport-justification: TEXT", 10 to 500 characters, percent-encoded where they are not plain.',
      ),
      ...acknowledgeWhereAsked(facts),
      ...maskWhereAllowed(facts),
      ...useAutoWhereItWorks(facts),
      askOwner(facts),
    ],
  },
  'acknowledgement-needed': {
    status: 400,
    sentence: (facts) =>
      `Before this goes to ${list(facts['offering'])}, read this: ${noticesOf(facts)} Nothing was sent.`,
    remedies: (facts) => [
      ...acknowledgeWhereAsked(facts),
      ...maskWhereAllowed(facts),
      ...useAutoWhereItWorks(facts),
      askOwner(facts),
    ],
  },
  'text-fixed': {
    status: 400,
    sentence: (facts) =>
      `Signed or fixed text at "${list(facts['field'])}" holds ${named(facts['types'])} and cannot be masked.`,
    remedies: () => [remedy('remove-text', 'Leave this part out of the conversation and send again.')],
  },
  'file-unchangeable': {
    status: 400,
    sentence: (facts) =>
      `The file at "${list(facts['field'])}" holds ${named(facts['types'])}, which a rule changes before it leaves, and a file cannot be changed on the way.`,
    remedies: (facts) => [
      remedy(
        'send-text',
        'Send its text instead, masked: repeat the request with the header "x-sallyport-remedy: file-text".',
      ),
      remedy('remove-attachment', 'Remove the file or picture, or paste its text.'),
      askOwner(facts),
    ],
  },
  'attachment-unread': {
    status: 400,
    sentence: (facts) =>
      `The part at "${list(facts['field'])}" (${list(facts['mediaType'])}) cannot be read here${facts['why'] === undefined ? '' : ` (${list(facts['why'])})`}, so it cannot be checked.`,
    remedies: (facts) => [
      remedy('remove-attachment', 'Remove the file or picture, or paste its text.'),
      askOwner(facts),
    ],
  },
  'class-above-ceiling': {
    status: 400,
    sentence: (facts) =>
      `This is ${list(facts['class'])}; ${list(facts['offering'])} may carry at most ${list(facts['ceiling'])}.`,
    remedies: (facts) => [
      ...(facts['autoWorks'] === true
        ? [remedy('use-auto', 'Use the model "auto": another offering may carry this class.')]
        : []),
      remedy('lower-content', 'Remove what makes it so, then send again.'),
      askOwner(facts),
    ],
  },
  'baa-missing': {
    status: 400,
    sentence: (facts) => {
      const agreement =
        facts['need'] === 'agreement' ? 'agreement on data processing' : 'business associate agreement'
      const lacking =
        facts['offering'] === undefined
          ? `No offering that may carry it has its ${agreement}`
          : `${list(facts['offering'])} has no ${agreement}`
      return `This holds ${named(facts['types'])}. ${lacking} in force. Nothing was sent.`
    },
    remedies: (facts) => [
      ...useAuto(facts),
      remedy('remove-text', 'Remove what is about somebody’s health and send again.'),
      askOwner(facts),
    ],
  },
  'feature-keeps-data': {
    status: 400,
    sentence: (facts) =>
      `The field "${list(facts['field'])}" asks the provider for ${list(facts['features'])}, which keeps data; what is ${list(facts['class'])} may go to ${list(facts['offering']) || 'the offerings of this use case'} only without it.`,
    remedies: (facts) => [
      ...useAuto(facts),
      remedy('leave-out', `Leave "${list(facts['field'])}" out and send again.`),
      askOwner(facts),
    ],
  },
  'class-above-use-case': {
    status: 400,
    sentence: (facts) =>
      `This is ${list(facts['class'])}; the use case ${list(facts['useCase'])} goes up to ${list(facts['highest'])}.`,
    remedies: (facts) => [
      remedy('other-use-case', 'Use a use case that carries this class.'),
      remedy('lower-content', 'Remove what makes it so, then send again.'),
      askOwner(facts),
    ],
  },
  'class-above-key': {
    status: 400,
    sentence: (facts) =>
      `This is ${list(facts['class'])}; this key is bound to a highest class (highestClass) of ${list(facts['highest'])}.`,
    remedies: () => [
      remedy('lower-content', 'Remove what makes it so, then send again.'),
      remedy('other-key', 'Use a key that carries this class.'),
    ],
  },
  'offering-outside-key': {
    status: 403,
    sentence: (facts) =>
      `This key is bound to offerings (offerings): ${list(facts['offerings'])}. ${
        facts['offering'] === undefined
          ? `None of them may carry ${list(facts['class'])} for this use case.`
          : `${list(facts['offering'])} is none of them.`
      }`,
    remedies: (facts) => [
      ...(facts['autoWorks'] === true
        ? [remedy('use-auto', 'Use the model "auto": one of the others may carry this.')]
        : []),
      remedy('other-key', 'Use a key that is not bound to them.'),
    ],
  },
  'offering-outside-terms': {
    status: 403,
    sentence: (facts) =>
      `${list(facts['reason'])} So it does not carry the use case ${list(facts['useCase'])}.`,
    remedies: (facts) => [
      ...(facts['autoWorks'] === true
        ? [remedy('use-auto', 'Use the model "auto": another offering may carry this.')]
        : []),
      remedy('list-models', 'See what you may use at /v1/models.'),
      askOwner(facts),
    ],
  },
  'tool-not-allowed': {
    status: 403,
    sentence: (facts) =>
      `The use case ${list(facts['useCase'])} does not allow the tool ${list(facts['tool'])}; it allows: ${list(facts['tools']) || 'none'}. ${facts['isAnswer'] === true ? 'The answer called it, and the call was stopped.' : 'Nothing was sent.'}`,
    remedies: (facts) => [
      facts['isAnswer'] === true
        ? remedy('ask-differently', 'Ask in another way.')
        : remedy('leave-out-tool', 'Leave this tool out of the request and send it again.'),
      remedy('other-use-case', 'Use a use case that allows it.'),
      askOwner(facts),
    ],
  },
  'no-offering': {
    status: 400,
    sentence: (facts) => `No approved offering may carry ${list(facts['class'])} for this use case.`,
    remedies: (facts) => [
      remedy('lower-content', 'Remove what makes it so, then send again.'),
      askOwner(facts),
    ],
  },
  'use-case-unknown': {
    status: 403,
    sentence: (facts) => `The use case ${list(facts['useCase'])} is not approved, or not open to you.`,
    remedies: () => [
      remedy('default-use-case', 'Leave the header x-sallyport-use-case out to use general-assistant.'),
      remedy('ask-access', 'Ask its owner for access on the page under Access (#access), with a reason.'),
    ],
  },
  'use-case-is-task': {
    status: 400,
    sentence: (facts) =>
      `The use case ${list(facts['useCase'])} is a task: it takes inputs, and not a conversation.`,
    remedies: (facts) => [
      remedy('post-task', `Send its inputs to POST /tasks/${list(facts['useCase'])}; GET /tasks lists them.`),
      remedy('default-use-case', 'Leave the header x-sallyport-use-case out to use general-assistant.'),
    ],
  },
  'not-a-task': {
    status: 404,
    sentence: (facts) => `The use case ${list(facts['useCase'])} has no template, so it is no task.`,
    remedies: (facts) => [
      remedy('list-tasks', 'See which tasks are open to you: GET /tasks.'),
      remedy(
        'use-chat',
        `Send a conversation to /v1/chat/completions with the header "x-sallyport-use-case: ${list(facts['useCase'])}".`,
      ),
    ],
  },
  'use-case-conflict': {
    status: 403,
    sentence: (facts) => `This key is bound to the use case ${list(facts['useCase'])}.`,
    remedies: () => [
      remedy('drop-header', 'Leave the header x-sallyport-use-case out.'),
      remedy('create-key', 'Use a key made for the other use case.'),
    ],
  },
  held: {
    status: 400,
    sentence: (facts) =>
      facts['isAnswer'] === true
        ? `The answer holds ${named(facts['types'])}: a person must release it, and nobody can release it yet.`
        : `“${list(facts['ruleTitle'])}” holds this until a person releases it, and nobody can release it yet. Nothing was sent.`,
    remedies: (facts) =>
      facts['isAnswer'] === true
        ? [remedy('ask-differently', 'Ask in another way.'), askOwner(facts)]
        : [
            ...maskWhereAllowed(facts),
            ...useAutoWhereItWorks(facts),
            facts['types'] === undefined
              ? remedy('lower-content', 'Remove what makes it so, then send again.')
              : remedy('remove-text', 'Remove the marked text and send again.'),
            askOwner(facts),
          ],
  },

  // --- What may not be erased ----------------------------------------------------------------------------
  'erasure-held': {
    status: 409,
    sentence: (facts) => `Nothing was erased. Under legal hold: ${list(facts['holds'])}.`,
    remedies: () => [
      remedy('see-holds', 'See who set it and why with "bin/sallyport audit hold list".'),
      remedy('end-hold', 'Erase once it has ended, with "bin/sallyport audit hold end ID --reason TEXT".'),
    ],
  },
  'hold-over': {
    status: 409,
    sentence: (facts) => `This legal hold ended on ${list(facts['endedOn'])}.`,
    remedies: () => [remedy('see-holds', 'See those in force with "bin/sallyport audit hold list".')],
  },

  // --- What is tried before it serves --------------------------------------------------------------------
  'simulation-busy': {
    status: 409,
    sentence: () => 'Another simulation is running, and they run one at a time.',
    remedies: () => [remedy('wait', 'Wait until it ends: some seconds, mostly.')],
  },

  // --- Limits --------------------------------------------------------------------------------------------
  'rate-reached': {
    status: 429,
    sentence: (facts) =>
      `You have sent ${list(facts['limit'])} requests within a minute, which is the limit.`,
    remedies: () => [tryLater],
  },
  'key-rate-reached': {
    status: 429,
    sentence: (facts) =>
      `This key is bound to ${list(facts['limit'])} requests a minute (${list(facts['bound'])}), counted with the keys made with it.`,
    remedies: () => [tryLater],
  },
  'key-budget-spent': {
    status: 429,
    sentence: (facts) =>
      `This key is bound to ${list(facts['limit'])} ${list(facts['unit'])} a day (${list(facts['bound'])}), and they are spent.`,
    remedies: () => [
      remedy('wait-for-tomorrow', 'Send it again after midnight UTC.'),
      remedy('other-key', 'Ask for a key with a larger budget.'),
    ],
  },
  'budget-spent': {
    status: 402,
    sentence: (facts) =>
      `${facts['bound'] === 'month' ? `The use case ${list(facts['useCase'])} may spend ${usd(facts['limitUsd'])} USD a month` : `You may spend ${usd(facts['limitUsd'])} USD a day in the use case ${list(facts['useCase'])}`}; ${usd(facts['leftUsd'])} USD are left, and this request may cost up to ${usd(facts['needsUsd'])} USD. It begins anew on ${list(facts['renewsOn'])}.`,
    remedies: (facts) => [
      // With nothing left no request is small enough.
      ...(Number(facts['leftUsd']) > 0
        ? [
            remedy(
              'limit-answer',
              facts['isLimited'] === true
                ? 'Allow a shorter answer (max_tokens): the longest that is allowed is reserved.'
                : 'Say how long the answer may be (max_tokens): without it the longest is reserved.',
            ),
            remedy('send-less', 'Send less text, or use a cheaper model: see /v1/models.'),
          ]
        : []),
      remedy('wait-for-renewal', `Send it again on ${list(facts['renewsOn'])} (UTC).`),
      askOwner(facts),
    ],
  },
  'too-many-open': {
    status: 429,
    sentence: (facts) => `${list(facts['limit'])} of your requests are already open, which is the limit.`,
    remedies: () => [remedy('wait', 'Wait until one of them ends.')],
  },

  'log-quota-spent': {
    status: 429,
    sentence: (facts) =>
      `What you sent today fills your share of the log, ${list(facts['limitMiB'])} MiB a day.`,
    remedies: () => [
      remedy('wait-for-tomorrow', 'Send it again after midnight UTC.'),
      remedy('ask-operator', 'Ask the operator to raise audit.personMiBPerDay.'),
    ],
  },

  // --- What failed ---------------------------------------------------------------------------------------
  'log-unavailable': {
    status: 503,
    sentence: () => 'The log cannot be written, so nothing is sent.',
    remedies: () => [
      remedy('tell-operator', 'Tell the operator: the log must be repaired before requests go on.'),
    ],
  },
  'receipt-ended': {
    status: 410,
    sentence: ({ first }) =>
      `What stood in the log for this receipt has ended: retention keeps entries from ${first} on.`,
    remedies: () => [
      remedy(
        'use-kept-proof',
        'A proof or an evidence bundle that was fetched before still holds: check it with sallyport-verify.mjs.',
      ),
    ],
  },
  'receipt-unknown': {
    status: 404,
    sentence: () => 'There is no such receipt, or it is not yours.',
    remedies: () => [
      remedy(
        'use-own-receipt',
        'Ask with the key or the sign-in of the exchange, and with the number behind # in x-sallyport-receipt.',
      ),
    ],
  },
  'proof-pending': {
    status: 503,
    sentence: () => 'The checkpoint that covers this entry is not out yet.',
    remedies: () => [tryLater],
  },
  'index-behind': {
    status: 503,
    sentence: (facts) =>
      `The index of the log has come to entry ${list(facts['indexed'])} of ${list(facts['entries'])}, so a search would miss some.`,
    remedies: () => [tryLater],
  },
  'index-broken': {
    status: 503,
    sentence: () => 'The log cannot be searched: its index cannot be kept.',
    remedies: () => [
      remedy('tell-operator', 'Tell the operator: standard error says why. Exchanges are not concerned.'),
    ],
  },
  'inspection-failed': {
    status: 503,
    sentence: () => 'The request could not be inspected, so nothing was sent.',
    remedies: () => [remedy('tell-operator', 'Tell the operator and give the request id.')],
  },
  'inspection-busy': {
    status: 503,
    sentence: () => 'Too many long texts and files wait to be inspected, so nothing was sent.',
    remedies: () => [tryLater],
  },
  'moderation-away': {
    status: 503,
    sentence: (facts) =>
      `The moderation model ${list(facts['offering'])} must see this first and ${list(facts['why'])}, so nothing was sent.`,
    remedies: () => [
      tryLater,
      remedy(
        'tell-operator',
        'Tell the operator: "inspection.moderation.away: note" in the settings lets such requests go, with a note in the log.',
      ),
    ],
  },
  'moderation-above': {
    status: 400,
    sentence: (facts) =>
      `The moderation model ${list(facts['offering'])} must see this first, and it ${list(facts['why'])}. Nothing was sent.`,
    remedies: (facts) => [
      remedy('lower-content', 'Remove what makes it so, or send it masked, then send again.'),
      askOwner(facts),
    ],
  },
  stopping: {
    status: 503,
    sentence: () => 'Sallyport is stopping.',
    remedies: () => [tryLater],
  },
  'credential-unavailable': {
    status: 503,
    sentence: (facts) =>
      `What the connection ${list(facts['connection'])} shows its provider cannot be had now, so nothing was sent.`,
    remedies: () => [
      tryLater,
      remedy('other-model', 'Use another model: see /v1/models.'),
      remedy('tell-operator', 'Tell the operator: standard error says what is wrong with the vault.'),
    ],
  },
  'provider-unreachable': {
    status: 502,
    sentence: (facts) => `The provider behind ${list(facts['offering'])} did not answer.`,
    remedies: () => [tryLater, remedy('use-auto', 'Use the model "auto".')],
  },
  'provider-timeout': {
    status: 504,
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} was silent for ${list(facts['limitMs'])} ms.`,
    remedies: () => [tryLater, remedy('use-auto', 'Use the model "auto".')],
  },
  'provider-error': {
    status: 502,
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} answered with status ${list(facts['status'])}.`,
    remedies: () => [tryLater],
  },
  'provider-busy': {
    status: 429,
    sentence: (facts) => `The provider behind ${list(facts['offering'])} is limiting requests.`,
    remedies: () => [tryLater, remedy('use-auto', 'Use the model "auto".')],
  },
  'provider-refused': {
    status: 400,
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} refused the request with status ${list(facts['status'])}.`,
    remedies: () => [remedy('see-receipt', 'Its own words are kept with the receipt of this exchange.')],
  },
  'provider-malformed': {
    status: 502,
    sentence: (facts) => `The provider behind ${list(facts['offering'])} sent an answer that cannot be read.`,
    remedies: () => [tryLater],
  },
  'provider-cut': {
    status: 502,
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} ended the answer before it was complete.`,
    remedies: () => [tryLater],
  },
  'answer-schema': {
    status: 502,
    sentence: (facts) =>
      `The answer is not what the task ${list(facts['useCase'])} promises, so nothing of it is given: at ${list(facts['path'])} ${list(facts['problem'])}.`,
    remedies: (facts) => [
      remedy('ask-again', 'Send the same request again: a model does not always answer the same.'),
      remedy('other-model', 'Name another model of the task: GET /tasks lists them.'),
      askOwner(facts),
    ],
  },
  'answer-blocked': {
    status: 400,
    sentence: (facts) => `The answer holds ${named(facts['types'])}, which may not be shown.`,
    remedies: (facts) => [remedy('ask-differently', 'Ask in another way.'), askOwner(facts)],
  },
  'stopped-by-switch': {
    status: 403,
    sentence: (facts) => `${stopped(facts)} was stopped by a switch, so nothing more is sent.`,
    remedies: (facts) => [
      ...(facts['autoWorks'] === true
        ? [remedy('use-auto', 'Use the model "auto": another offering carries this.')]
        : []),
      ...(facts['useCases'] === undefined
        ? []
        : [
            remedy('other-use-case', `Use another use case that is open to you: ${list(facts['useCases'])}.`),
          ]),
      ...(facts['scope'] === 'tool'
        ? [remedy('leave-out-tool', 'Leave this tool out of the request and send it again.')]
        : []),
      ...(facts['scope'] === 'key' ? [remedy('other-key', 'Use another key of yours, or the page.')] : []),
      remedy(
        'ask-releaser',
        `Ask ${list(facts['owner']) || 'security or an owner of this Sallyport'}: they know why, and release it.`,
      ),
    ],
  },
  'access-ended': {
    status: 403,
    sentence: (facts) => `Your access ended while the answer was being written${whyEnded(facts['why'])}.`,
    remedies: (facts) => [
      facts['why'] === 'use-case' || facts['why'] === 'offering'
        ? remedy('ask-owner', 'Ask the owner of the use case, or use another one.')
        : facts['why'] === 'account'
          ? remedy('ask-operator', 'Ask your IT department: the account is ended in the directory or here.')
          : remedy('sign-in', 'Sign in again, or use another key.'),
    ],
  },
  defect: {
    status: 500,
    sentence: () => 'Something is broken in Sallyport. Nothing more was sent.',
    remedies: () => [remedy('tell-operator', 'Tell the operator and give the request id.')],
  },
} as const satisfies Record<string, Entry>

export type RefusalCode = keyof typeof refusals

/** How many calls an error takes down; other engines than Node's know no such limit. */
const traced = Error as typeof Error & { stackTraceLimit?: number | undefined }

/**
 * Thrown wherever a request is refused; caught once, at the edge, and written in the caller's dialect. It is expected, and its
 * code and facts say what happened: only a defect takes down where it was made, which costs as much as deciding does.
 */
/** A moderation model saw it before it was refused: then nobody may say that nothing left. */
const withShown = (sentence: string, { shownTo }: Facts): string =>
  shownTo === undefined
    ? sentence
    : `${sentence
        .replace(/, so nothing was sent\.$/, ', so it was not sent on.')
        .replace(
          /Nothing was sent\.$/,
          'It was not sent on.',
        )} Only ${list(shownTo)}, the moderation model, was shown it.`

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: Facts
  override readonly name = 'Refusal'

  constructor(code: RefusalCode, facts: Facts = {}, options?: ErrorOptions) {
    const sentence = withShown((refusals[code] as Entry).sentence(facts), facts)
    const { stackTraceLimit } = traced
    if (code !== 'defect') traced.stackTraceLimit = 0
    super(sentence, options)
    traced.stackTraceLimit = stackTraceLimit
    this.code = code
    this.facts = facts
  }

  get status(): number {
    return refusals[this.code].status
  }

  get remedies(): readonly Remedy[] {
    return (refusals[this.code] as Entry).remedies(this.facts)
  }
}
