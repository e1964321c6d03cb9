import type { Facts, Refusals, Remedy } from './entry.ts'
import { askOwner, list, remedy } from './words.ts'

const listTasks = remedy('list-tasks', 'See which tasks are open to you: GET /tasks.')

const askAccess = remedy(
  'ask-access',
  'Ask its owner for access on the page under Access (#access), with a reason.',
)

/** What works without this use case. A key is for one, so another header does not help; nor does none where it was the usual one. */
function elsewhere(facts: Facts): readonly Remedy[] {
  if (facts['isOfKey'] === true)
    return [
      remedy('create-key', 'Make a key for a use case that is open to you, under "My keys" (#keys).'),
      remedy(
        'renew-use-case',
        `Where it has ended, its owner renews it: #register/use-case/${list(facts['useCase'])}.`,
      ),
    ]
  if (facts['isTask'] === true) return [listTasks]
  if (facts['isDefault'] === true)
    return [
      remedy(
        'name-use-case',
        'Name one that is open to you in the header x-sallyport-use-case: the chat shows them beside the model.',
      ),
    ]
  return [remedy('default-use-case', 'Leave the header x-sallyport-use-case out to use general-assistant.')]
}

/** Use cases and tasks. `isTask`: it was asked for at /tasks, where no header names a use case. */
export const useCaseRefusals = {
  'use-case-unknown': {
    status: 403,
    sentence: (facts) => `The use case ${list(facts['useCase'])} is not approved, or not open to you.`,
    remedies: (facts) => [...elsewhere(facts), askAccess],
  },
  'use-case-conflict': {
    status: 403,
    sentence: (facts) => `This key is bound to the use case ${list(facts['useCase'])}.`,
    remedies: (facts) => [
      facts['isTask'] === true
        ? listTasks
        : remedy('drop-header', 'Leave the header x-sallyport-use-case out.'),
      remedy('create-key', 'Use a key made for the other use case.'),
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
      listTasks,
      remedy(
        'use-chat',
        `Send a conversation to /v1/chat/completions with the header "x-sallyport-use-case: ${list(facts['useCase'])}".`,
      ),
    ],
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
} as const satisfies Refusals
