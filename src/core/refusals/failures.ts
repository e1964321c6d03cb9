import type { Facts, Refusals } from './entry.ts'
import { list, remedy, tryLater } from './words.ts'

/** What failed. */
export const failureRefusals = {
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
    sentence: ({ offering, status }) =>
      status === 200
        ? `The provider behind ${list(offering)} reported an error instead of an answer, or within it.`
        : `The provider behind ${list(offering)} answered with status ${list(status)}.`,
    remedies: () => [tryLater],
  },
  'provider-busy': {
    status: 429,
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} is limiting requests${inBrackets(facts['words'])}.`,
    remedies: () => [tryLater, remedy('use-auto', 'Use the model "auto".')],
  },
  'provider-refused': {
    status: 400,
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} refused the request with status ${list(facts['status'])}${inBrackets(facts['words'])}.`,
    remedies: () => [remedy('see-receipt', 'Its own words are kept with the receipt of this exchange.')],
  },
  'provider-too-long': {
    status: 400,
    // Packages and tools shorten a conversation by themselves when they read these words.
    sentence: (facts) =>
      `The provider behind ${list(facts['offering'])} says that the prompt is too long: it exceeds the context window of the model.`,
    remedies: () => [
      remedy('shorten', 'Send less: shorten the conversation or leave out a file.'),
      remedy('other-model', 'Use another model: see /v1/models.'),
    ],
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
  defect: {
    status: 500,
    sentence: () => 'Something is broken in Sallyport. Nothing more was sent.',
    remedies: () => [remedy('tell-operator', 'Tell the operator and give the request id.')],
  },
} as const satisfies Refusals

const inBrackets = (words: Facts[string]): string => (words === undefined ? '' : ` (${list(words)})`)
