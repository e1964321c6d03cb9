import type { Refusals } from './entry.ts'
import { list, remedy } from './words.ts'

/** Who is asking, and from where. */
export const signInRefusals = {
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
  'origin-refused': {
    status: 403,
    sentence: ({ header }) =>
      `The ${list(header)} header of this request does not belong to this Sallyport${header === 'Host' ? ': its settings name other hosts' : ''}.`,
    remedies: ({ header }) => [
      remedy('use-own-page', 'Use the page at the address Sallyport printed at start.'),
      ...(header === 'Host'
        ? [
            remedy(
              'name-host',
              'Tell the operator: publicUrl and hosts in the settings say by which names Sallyport is asked.',
            ),
          ]
        : []),
    ],
  },
  'https-needed': {
    status: 403,
    sentence: () => 'This came over http, and keys and sessions may only travel over https.',
    remedies: () => [remedy('use-https', 'Ask again at the address that starts with https://.')],
  },
} as const satisfies Refusals
