import type { Facts, Refusals } from './entry.ts'
import { askOwner, list, named, remedy } from './words.ts'

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

/** What may not leave, or not be shown. */
export const contentRefusals = {
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
      ...(facts['mediaType'] === 'unknown type'
        ? [remedy('send-file', 'Send the file itself, with its type, where you send its address.')]
        : []),
      askOwner(facts),
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
  'answer-blocked': {
    status: 400,
    sentence: (facts) => `The answer holds ${named(facts['types'])}, which may not be shown.`,
    remedies: (facts) => [remedy('ask-differently', 'Ask in another way.'), askOwner(facts)],
  },
} as const satisfies Refusals
