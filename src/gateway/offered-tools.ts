import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { searchMembers } from '#/dialects/openai-chat/stateful.ts'
import { searchUse } from '#/dialects/stateful.ts'

/**
 * Names of the tools a request offers the model, in either dialect: functions, custom tools, and those the provider runs,
 * which are known by their type where they have no name of that kind. Servers of tools, plugins and a search by the provider
 * count by their name.
 */
export function offeredTools(body: JsonObject): readonly string[] {
  const names: string[] = []
  for (const member of ['tools', 'functions']) {
    const list = body[member]
    if (Array.isArray(list)) for (const tool of list) names.push(...namesOf(tool))
  }
  const { mcp_servers: servers, plugins } = body
  if (Array.isArray(servers)) for (const server of servers) names.push(namesOf(server)[0] ?? 'mcp_servers')
  for (const { field } of searchMembers.flatMap((member) => searchUse(body, member))) {
    if (field !== 'plugins') names.push('web_search')
    else if (!Array.isArray(plugins)) names.push(field)
    else for (const plugin of plugins) names.push(pluginName(plugin) ?? field)
  }
  return names
}

const pluginName = (plugin: JsonValue): string | undefined =>
  isJsonObject(plugin) && typeof plugin['id'] === 'string' ? plugin['id'] : undefined

function namesOf(tool: JsonValue): readonly string[] {
  if (!isJsonObject(tool)) return []
  const { type } = tool
  const inner = [tool['function'], tool['custom']].filter(isJsonObject)
  const named = [tool, ...inner].map((each) => each['name']).filter((name) => typeof name === 'string')
  if (typeof type !== 'string' || clientTypes.test(type)) return named
  // A name beside the type is the provider's own, or it may be one that the provider does not look at.
  return named.includes(kindOf(type)) ? named : [...named, type]
}

/** Tools the client runs, in either dialect: what they are called is what they are. */
const clientTypes = /^(?:function$|custom$|bash_|text_editor_|computer_|memory_)/

/** `web_search` of `web_search_20250305` and of `openrouter:web_search`. */
const kindOf = (type: string): string => type.replace(/^[a-z]+:/, '').replace(/_\d{8}$/, '')
