import type { Facts, Refusals, Remedy } from './entry.ts'
import { askOwner, list, remedy, tryLater } from './words.ts'

/** An amount with as many decimals as it takes to see it: a token costs millionths. */
const usd = (value: Facts[string]): string => {
  const amount = Number(value)
  return amount === 0 || amount >= 0.01 ? amount.toFixed(2) : amount.toPrecision(2)
}

/** Limits. */
export const limitRefusals = {
  'rate-reached': {
    status: 429,
    sentence: (facts) =>
      `You have sent ${list(facts['limit'])} requests within a minute, which is the limit.`,
    remedies: (facts) => [tryLater, ...raiseIt(facts)],
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
    sentence: ({ limit, setting }) =>
      setting === 'limits.openAltogether'
        ? `${list(limit)} requests of all are open here already, which is the limit.`
        : `${list(limit)} of your requests are already open, which is the limit.`,
    remedies: (facts) => [remedy('wait', 'Wait until one of them ends.'), ...raiseIt(facts)],
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
} as const satisfies Refusals

const raiseIt = ({ setting }: Facts): readonly Remedy[] =>
  setting === undefined
    ? []
    : [remedy('ask-operator', `Ask the operator to raise ${list(setting)} in the settings.`)]
