import { z } from 'zod'
import { isJsonObject, type JsonObject } from '#/core/json.ts'

/**
 * What Claude Code is told when the settings say nothing: the model that Sallyport chooses, no way around its own
 * questions, no reading of files that hold secrets, no traffic but to here. It is the tool's word alone: every request
 * is inspected here all the same.
 */
export const defaultClaudeCode: JsonObject = {
  model: 'auto',
  permissions: {
    disableBypassPermissionsMode: 'disable',
    deny: ['Read(./.env)', 'Read(./.env.*)', 'Read(~/.ssh/**)', 'Read(~/.aws/**)'],
  },
}

/** Largest text of these settings: it is sent to every machine each hour. */
const maxLength = 65_536
const maxDepth = 10

/**
 * Its settings as it documents them. Which keys there are is for Claude Code to say and changes with its releases; what
 * would make every request fail, or nothing happen at all, is refused here.
 * Source: https://code.claude.com/docs/en/settings.
 */
export const claudeCodeSchema: z.ZodType<JsonObject | false> = z
  .custom<JsonObject | false>()
  .superRefine((value, context) => {
    for (const problem of problemsOf(value)) context.addIssue({ code: 'custom', ...problem })
  })

interface Problem {
  readonly path: string[]
  readonly message: string
}

function problemsOf(value: unknown): readonly Problem[] {
  if (value === false) return []
  if (!isJsonObject(value))
    return [{ path: [], message: "must be false, or Claude Code's managed settings as a list of keys" }]
  if (depthOf(value) > maxDepth || JSON.stringify(value).length > maxLength)
    return [{ path: [], message: `must be at most ${maxDepth} levels deep and ${maxLength} characters long` }]
  return [
    ...checkText(value, 'model'),
    ...checkTexts(value, 'availableModels'),
    ...checkPermissions(value['permissions']),
    ...checkEnvironment(value['env']),
    ...checkModels(value),
  ]
}

const checkText = (value: JsonObject, key: string): readonly Problem[] =>
  value[key] === undefined || typeof value[key] === 'string'
    ? []
    : [{ path: [key], message: 'must be a text' }]

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

const checkTexts = (value: JsonObject, key: string, path: string[] = [key]): readonly Problem[] =>
  value[key] === undefined || isTexts(value[key]) ? [] : [{ path, message: 'must be a list of texts' }]

function checkPermissions(value: unknown): readonly Problem[] {
  if (value === undefined) return []
  if (!isJsonObject(value))
    return [{ path: ['permissions'], message: 'must be a list of allow, ask, deny and others' }]
  return ['allow', 'ask', 'deny'].flatMap((key) => checkTexts(value, key, ['permissions', key]))
}

/** A number or a yes in this block is left out by the tool without a word. */
function checkEnvironment(value: unknown): readonly Problem[] {
  if (value === undefined) return []
  if (!isJsonObject(value)) return [{ path: ['env'], message: 'must be a list of NAME: "text"' }]
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === 'string'
      ? []
      : [{ path: ['env', name], message: 'must be a text: put it in quotes, such as "1"' }],
  )
}

/** A model outside the list is refused by the tool with every request. */
function checkModels({ model, availableModels }: JsonObject): readonly Problem[] {
  if (typeof model !== 'string' || !isTexts(availableModels) || availableModels.includes(model)) return []
  return [{ path: ['model'], message: 'must be one of availableModels, or the tool refuses every request' }]
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  // One level too deep is enough to know.
  let depth = 0
  let level: readonly unknown[] = [value]
  while (level.length > 0 && depth <= maxDepth) {
    depth++
    level = level
      .flatMap((each) => Object.values(each as object) as readonly unknown[])
      .filter((each) => typeof each === 'object' && each !== null)
  }
  return depth
}
