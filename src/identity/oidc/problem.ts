/** Why a sign-in did not finish: a code for the log, and a sentence for the person, with what to do. */
export const signInProblems = {
  'provider-unreachable': {
    status: 503,
    sentence:
      'The identity provider cannot be reached. Whoever is signed in stays signed in. Try again in a moment; if it lasts, tell your IT department: "bin/sallyport sign-in check" says what is wrong.',
  },
  'provider-refused': { status: 400, sentence: 'The identity provider did not confirm who you are.' },
  'provider-mismatch': {
    status: 400,
    sentence:
      'Another identity provider answered than the one this sign-in began with, so nothing was believed. Tell your IT department.',
  },
  'provider-unknown': { status: 400, sentence: 'There is no identity provider of this name here.' },
  'attempt-unknown': {
    status: 400,
    sentence: 'This sign-in is not one this browser began, or it was used already.',
  },
  'clock-differs': {
    status: 400,
    sentence:
      'The identity provider speaks from the future: its clock and the one of this Sallyport differ by more than a minute. Tell your IT department.',
  },
  'tenant-refused': {
    status: 400,
    sentence:
      'Your organisation is not one of those that may sign in here. Choose another account, or ask your IT department.',
  },
  'groups-unknown': {
    status: 503,
    sentence:
      'The identity provider did not say which groups you are in, so what you may do is not known. Try again in a moment; if it lasts, ask your IT department.',
  },
  'authentication-too-weak': {
    status: 400,
    sentence: 'The identity provider did not ask you again, or not as strongly as is needed here.',
  },
  'account-ended': { status: 400, sentence: 'This account has been ended. Ask your IT department.' },
} as const satisfies Record<string, { readonly status: number; readonly sentence: string }>

export type SignInProblemCode = keyof typeof signInProblems

/** Ends a sign-in with a code of ours; `message` says more, for the operator. */
export class SignInProblem extends Error {
  override readonly name = 'SignInProblem'
  readonly code: SignInProblemCode

  constructor(code: SignInProblemCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Errors of sockets, of names that are not found, of time that is over; `fetch` hides them in its cause. */
const unreachable =
  /^(ECONN|ENOTFOUND|EAI_|ENETUNREACH|EHOSTUNREACH|EPIPE|ETIMEDOUT|UND_ERR_|CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/

/** What to tell of an error of this flow. Whatever is not known to be a silence is a refusal. */
export function problemCodeOf(error: unknown): SignInProblemCode {
  let cause: unknown = error
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if (cause instanceof SignInProblem) return cause.code
    const { code } = cause as { readonly code?: unknown }
    if (typeof code === 'string' && (unreachable.test(code) || code === 'OAUTH_TIMEOUT'))
      return 'provider-unreachable'
    // Whatever keeps `fetch` from an answer ends like this, with a code in its cause or none.
    if (cause.name === 'TimeoutError' || (cause instanceof TypeError && cause.message === 'fetch failed'))
      return 'provider-unreachable'
    cause = cause.cause
  }
  return 'provider-refused'
}
