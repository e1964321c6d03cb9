import { join } from 'node:path'
import type { JsonObject } from '#/core/json.ts'

/** How a tool is told where to go, and with what. */
export interface Launch {
  readonly url: string
  readonly accessToken: string
  /** A command line that prints a fresh token; undefined when nothing is stored. */
  readonly helper: readonly string[] | undefined
  /** What Claude Code is told to obey here; undefined for nothing. */
  readonly managed: JsonObject | undefined
  /** What may be asked for by name; empty where the tool is not told. */
  readonly models: readonly string[]
}

interface Prepared {
  /** Words put before those of the person. */
  readonly words?: readonly string[]
  /** Variables; undefined takes one away, so that no key of somebody's own is used instead. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface Tool {
  readonly kind: string
  /** How the path starts that it needs; it speaks nothing else. */
  readonly path: string
  readonly prepare: (launch: Launch) => Prepared
}

const openaiChat = '/v1/chat/completions'

const claude: Tool = {
  kind: 'claude',
  path: '/v1/messages',
  prepare: ({ url, accessToken, helper, managed }) => {
    // Its helper is asked again and again, its variable once: a session may last longer than a token.
    const keeps = helper !== undefined
    const settings = {
      model: 'auto',
      ...managed,
      ...(keeps ? { apiKeyHelper: helper.map(quote).join(' ') } : {}),
    }
    return {
      words: ['--settings', JSON.stringify(settings)],
      environment: {
        ANTHROPIC_BASE_URL: url,
        ANTHROPIC_API_KEY: undefined,
        ANTHROPIC_AUTH_TOKEN: keeps ? undefined : accessToken,
        ANTHROPIC_DEFAULT_HAIKU_MODEL: 'auto',
        CLAUDE_CODE_USE_BEDROCK: undefined,
        CLAUDE_CODE_USE_VERTEX: undefined,
        CLAUDE_CODE_USE_FOUNDRY: undefined,
      },
    }
  },
}

/** Its providers take a command for the token. Source: openai/codex pull request 16267 and config reference. */
const codex: Tool = {
  kind: 'codex',
  path: '/v1/responses',
  prepare: ({ url, accessToken, helper }) => {
    const provider = 'model_providers.sallyport'
    const [command = '', ...words] = helper ?? []
    const auth =
      helper === undefined
        ? [`${provider}.env_key="SALLYPORT_TOKEN"`]
        : [
            `${provider}.auth.command=${JSON.stringify(command)}`,
            `${provider}.auth.args=${JSON.stringify(words)}`,
            `${provider}.auth.refresh_interval_ms=300000`,
          ]
    const lines = [
      'model_provider="sallyport"',
      'model="auto"',
      `${provider}.name="Sallyport"`,
      `${provider}.base_url=${JSON.stringify(`${url}/v1`)}`,
      `${provider}.wire_api="responses"`,
      ...auth,
    ]
    return {
      words: lines.flatMap((line) => ['-c', line]),
      environment: {
        OPENAI_API_KEY: undefined,
        SALLYPORT_TOKEN: helper === undefined ? accessToken : undefined,
      },
    }
  },
}

/** It has no helper: the token is read once. */
const gemini: Tool = {
  kind: 'gemini',
  path: '/v1beta/',
  prepare: ({ url, accessToken }) => ({
    environment: { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: accessToken, GOOGLE_API_KEY: undefined },
  }),
}

/** Its settings may stand in a variable; the token in another, which they name. It takes only models they list. */
const opencode: Tool = {
  kind: 'opencode',
  path: openaiChat,
  prepare: ({ url, accessToken, models }) => ({
    environment: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify({
        share: 'disabled',
        model: 'sallyport/auto',
        small_model: 'sallyport/auto',
        enabled_providers: ['sallyport'],
        provider: {
          sallyport: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Sallyport',
            options: { baseURL: `${url}/v1`, apiKey: '{env:SALLYPORT_TOKEN}' },
            models: {
              auto: { name: 'Sallyport chooses' },
              ...Object.fromEntries(models.filter((id) => id !== 'auto').map((id) => [id, { name: id }])),
            },
          },
        },
      }),
      SALLYPORT_TOKEN: accessToken,
    },
  }),
}

/** Whatever reads the usual variables of the two vendors' packages. */
const other: Tool = {
  kind: 'other',
  path: openaiChat,
  prepare: ({ url, accessToken }) => ({
    environment: {
      OPENAI_BASE_URL: `${url}/v1`,
      OPENAI_API_BASE: `${url}/v1`,
      OPENAI_API_KEY: accessToken,
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_AUTH_TOKEN: accessToken,
      ANTHROPIC_API_KEY: undefined,
    },
  }),
}

export const tools: readonly Tool[] = [claude, codex, gemini, opencode, other]

/** By the name of the program, without folder and ending. */
export function toolOf(program: string): Tool {
  const name = program
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.(exe|cmd|js)$/i, '')
  return tools.find(({ kind }) => kind === name) ?? other
}

const quote = (word: string): string =>
  /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** The command line that prints a token: this Sallyport's own. */
export const tokenHelper: readonly string[] = [
  join(import.meta.dirname, '..', '..', '..', 'bin', 'sallyport'),
  'token',
]
