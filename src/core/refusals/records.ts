import type { Refusals } from './entry.ts'
import { list, remedy } from './words.ts'

/** Records and publishing. */
export const recordRefusals = {
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
  'simulation-busy': {
    status: 409,
    sentence: () => 'Another simulation is running, and they run one at a time.',
    remedies: () => [remedy('wait', 'Wait until it ends: some seconds, mostly.')],
  },
} as const satisfies Refusals
