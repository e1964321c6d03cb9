import type { Refusals, Remedy } from './entry.ts'
import { correctAndSend, ended, list, remedy, tryLater } from './words.ts'

/** What was asked. */
export const requestRefusals = {
  'path-unknown': {
    status: 404,
    sentence: (facts) => `There is nothing at ${list(facts['method'])} ${list(facts['path'])}.`,
    remedies: (facts) => [
      ...(/^(\/v1)?\/responses(\/|$)/.test(list(facts['path']))
        ? [
            remedy(
              'use-chat-completions',
              'Tell your package to ask for chat completions instead of responses: most have a setting for it.',
            ),
          ]
        : []),
      remedy('see-paths', 'Clients use /v1/chat/completions, /v1/messages and /v1/models.'),
    ],
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
    sentence: (facts) => `A body cannot come with the content-encoding ${list(facts['encoding'])} here.`,
    remedies: () => [remedy('send-plain', 'Send the body uncompressed.')],
  },
  'json-invalid': {
    status: 400,
    sentence: (facts) => `The body is not valid JSON: ${list(facts['problem'])}.`,
    remedies: () => [correctAndSend],
  },
  'request-invalid': {
    status: 400,
    sentence: (facts) => `The field "${list(facts['field'])}" is wrong: ${ended(list(facts['problem']))}`,
    remedies: () => [correctAndSend],
  },
  'question-invalid': {
    status: 400,
    sentence: (facts) => `The question cannot be read: ${ended(list(facts['problem']))}`,
    remedies: () => [
      remedy('correct-question', 'Correct the word and ask again, as in: class:confidential since:2d'),
    ],
  },
  'header-invalid': {
    status: 400,
    sentence: (facts) => `The header "${list(facts['header'])}" is wrong: ${list(facts['problem'])}.`,
    remedies: () => [correctAndSend],
  },
  'http-unreadable': {
    status: 400,
    sentence: (facts) => `The request is no valid HTTP: ${list(facts['problem'])}.`,
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
    remedies: ({ field }) => [insteadOf(list(field))],
  },
} as const satisfies Refusals

/** What to send instead of what a provider would keep. */
function insteadOf(field: string): Remedy {
  if (field.endsWith('file_id'))
    return remedy('send-file', 'Send the file itself with the request instead of its id.')
  return field === 'store' || field === 'container'
    ? remedy('leave-out', 'Leave this field out of the request.')
    : remedy('send-history', 'Send the whole conversation with the request instead.')
}
