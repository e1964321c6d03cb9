/**
 * Words of the protocols: names of fields, and values of fields that choose something. They are nobody's data, so
 * they are not inspected. The lists are closed: what does not stand here is a text, wherever it stands.
 */

/** Names of fields in requests, answers and JSON Schema. */
const keys = new Set(
  (
    'role content type text name id function arguments input output parameters description properties required items enum ' +
    'title default format additionalProperties anyOf oneOf allOf not const minimum maximum minLength maxLength pattern ' +
    'minItems maxItems uniqueItems examples nullable strict schema json_schema definitions $schema $ref $defs ' +
    'model messages system tools tool_choice tool_calls tool_call_id tool_use_id function_call functions stream ' +
    'stream_options include_usage include_obfuscation max_tokens max_completion_tokens temperature top_p top_k n seed stop ' +
    'stop_sequences presence_penalty frequency_penalty logit_bias logprobs top_logprobs user metadata user_id ' +
    'response_format parallel_tool_calls disable_parallel_tool_use reasoning_effort reasoning effort service_tier ' +
    'modalities verbosity store prediction audio voice web_search_options search_context_size user_location ' +
    'safety_identifier prompt_cache_key prompt_cache_retention thinking budget_tokens signature data source media_type ' +
    'cache_control ttl citations cited_text document_title document_index start_char_index end_char_index context ' +
    'image_url url detail input_audio file file_data filename file_id input_schema is_error container context_management ' +
    'mcp_servers output_config inference_geo speed refusal annotations index finish_reason delta custom grammar syntax ' +
    'definition display_width_px display_height_px max_uses allowed_domains blocked_domains object created choices message ' +
    'usage system_fingerprint obfuscation reasoning_content stop_reason stop_sequence content_block partial_json citation ' +
    'encrypted_content encrypted_index content_filter_results content_filter_offsets prompt_filter_results hate self_harm ' +
    'sexual violence url_citation jailbreak severity filtered detected protected_material_text protected_material_code'
  ).split(' '),
)

/** Values that choose: types of parts, roles, levels. */
const values = new Set(
  (
    'text image image_url input_audio audio file document function custom tool tool_use tool_result server_tool_use ' +
    'thinking redacted_thinking base64 url content ephemeral auto none any required json_object json_schema enabled ' +
    'disabled adaptive summarized omitted object string number integer boolean array null system user assistant developer ' +
    'low medium high minimal xhigh max default flex priority scale standard standard_only fast us global grammar regex lark ' +
    'wav mp3 flac opus pcm16 message search_result web_search_tool_result approximate in_memory 24h 5m 1h original ' +
    'application/pdf text/plain image/png image/jpeg image/gif image/webp true false'
  ).split(' '),
)

export const isProtocolKey = (key: string): boolean => key.length < 3 || keys.has(key)

export const isProtocolValue = (text: string): boolean => text.length < 3 || values.has(text)

/**
 * Bytes sealed by a provider for itself, which must come back as they are: base64 of 60 bytes and more, as they are sent.
 * Keys of vendors are shorter, or hold a hyphen or an underscore. Anything else in their place is a text.
 */
export const isOpaque = (text: string): boolean => text.length >= 80 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
