import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

/**
 * Names of the tools a request offers the model, in either dialect: functions, custom tools, and those the provider runs,
 * which are known by their type where they have no name. Servers of tools and a search by the provider count by their name.
 */
export function offeredTools(body: JsonObject): readonly string[] {
  const names: string[] = []
  for (const member of ['tools', 'functions']) {
    const list = body[member]
    if (Array.isArray(list)) for (const tool of list) names.push(...namesOf(tool))
  }
  const { mcp_servers: servers, web_search_options: search } = body
  if (Array.isArray(servers)) for (const server of servers) names.push(namesOf(server)[0] ?? 'mcp_servers')
  if (isJsonObject(search)) names.push('web_search')
  return names
}

function namesOf(tool: JsonValue): readonly string[] {
  if (!isJsonObject(tool)) return []
  const inner = [tool['function'], tool['custom']].filter(isJsonObject)
  const named = [tool, ...inner].map((each) => each['name']).filter((name) => typeof name === 'string')
  if (named.length > 0) return named
  return typeof tool['type'] === 'string' ? [tool['type']] : []
}
