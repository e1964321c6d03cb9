import { readContainer } from '#/chat/json-text.ts'
import { isProtocolKey } from '#/chat/words.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

/**
 * Codes by which providers say what is wrong with a request. The list is closed: what does not stand here may be a text.
 * Sources: OpenAI API reference, errors, as vLLM and others send them; Anthropic API reference, `error.details.error_code`.
 */
const codes = new Set(
  (
    'unsupported_parameter unsupported_value unknown_parameter missing_required_parameter invalid_type invalid_value ' +
    'invalid_function_parameters invalid_json_schema invalid_prompt integer_above_max_value integer_below_min_value ' +
    'decimal_above_max_value decimal_below_min_value string_above_max_length string_below_min_length ' +
    'array_above_max_length array_below_min_length invalid_image invalid_image_url invalid_image_format invalid_base64 ' +
    'image_too_large image_dimensions_too_large model_not_found content_filter content_policy_violation ' +
    'insufficient_quota billing_not_active rate_limit_exceeded contract_spend_limit_reached enforced_spend_limit_reached ' +
    'tool_name_conflict tool_reference_unresolved available_tools_limit_exceeded compaction_unavailable'
  ).split(' '),
)

/** Deeper in a body than this stands nothing a provider names. */
const mostParts = 8

/**
 * What of a provider's error may be told: its code, and the field it is about where every part of that is a word of the
 * protocol, as in `unsupported_parameter: max_tokens`. Undefined where nothing is known for sure.
 */
export function wordsOf(said: string): string | undefined {
  const answer = readContainer(said)
  const error = isJsonObject(answer) ? answer['error'] : undefined
  if (!isJsonObject(error)) return undefined
  const code = codeOf(error)
  if (code === undefined) return undefined
  const field = fieldOf(error['param'])
  return field === undefined ? code : `${code}: ${field}`
}

function codeOf({ code, type, details }: JsonObject): string | undefined {
  const said = [code, isJsonObject(details) ? details['error_code'] : undefined, type]
  return said.find((each): each is string => typeof each === 'string' && codes.has(each))
}

function fieldOf(param: JsonValue | undefined): string | undefined {
  if (typeof param !== 'string' || param === '') return undefined
  const parts = param.split(/[.[\]]+/).filter((part) => part !== '')
  const isKnown =
    parts.length <= mostParts && parts.every((part) => /^\d{1,5}$/.test(part) || isProtocolKey(part))
  return isKnown ? parts.join('.') : undefined
}
