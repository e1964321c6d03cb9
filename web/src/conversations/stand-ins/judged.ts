/** For the worker of the page, in place of `src/inspect/secrets/judged.ts`: no weights ever come into a browser. */
export function withClassifier(): never {
  throw new Error('the page was given a classifier')
}
