import { offline, ProblemError, readProblem } from './problem.ts'

/**
 * Asks the gate for JSON. The page and the gate are built together, so the shape is trusted; what failed is thrown
 * as `ProblemError`, a lost connection too. An abort is rethrown as it is.
 */
export async function ask<Shape>(path: string, options: RequestInit = {}): Promise<Shape> {
  const response = await reach(path, options)
  const body: unknown = response.status === 204 ? undefined : await readJson(response)
  if (!response.ok) {
    throw new ProblemError(
      readProblem(body, response.status, response.headers.get('x-request-id') ?? undefined),
    )
  }
  return body as Shape
}

/** `fetch`, with a lost connection told apart from an abort. */
export async function reach(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...options })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ProblemError(offline, { cause: error })
  }
}

/** The body as JSON; undefined when it is none, which `readProblem` turns into words. */
export const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json()
  } catch (error) {
    if (response.ok)
      throw new ProblemError(readProblem(undefined, response.status, undefined), { cause: error })
    return undefined
  }
}
