import type { Facts, Refusals } from './entry.ts'
import { list, remedy } from './words.ts'

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

/** Roles, access and switches. */
export const accessRefusals = {
  'role-missing': {
    status: 403,
    sentence: (facts) => `This needs one of these roles: ${list(facts['roles'])}.`,
    remedies: () => [
      remedy('ask-owner', 'Ask an owner of this Sallyport to give you the role.'),
      remedy('ask-access', 'Ask for it on the page under Access (#access), with a reason.'),
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
  'own-stop': {
    status: 403,
    sentence: () => 'You stopped everything, so somebody else releases it.',
    remedies: (facts) => [remedy('ask-other', `Ask ${list(facts['others'])} to release it.`)],
  },
} as const satisfies Refusals
