import type { Refusals } from './entry.ts'
import { askOwner, list, named, remedy, useAuto } from './words.ts'

/** Where it may not go. */
export const offeringRefusals = {
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
      ...useAuto(facts),
      remedy('list-models', 'See what you may use at /v1/models.'),
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
} as const satisfies Refusals
