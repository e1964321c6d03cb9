import type { Refusals } from './entry.ts'
import { list, remedy, tryLater } from './words.ts'

/** The log. */
export const logRefusals = {
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
  'keys-damaged': {
    status: 409,
    sentence: ({ versions }) =>
      `Data keys are damaged, and keys/kek holds ${list(versions)} versions already for sound copies of them: no more is added.`,
    remedies: () => [
      remedy('keys-from-copy', 'Name a copy that has them: keys rotate --from-copy FILE.'),
      remedy(
        'give-up-keys',
        'When there is none: keys rotate --give-up-damaged. What was sealed with them opens never again.',
      ),
    ],
  },
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
} as const satisfies Refusals
