import { hex, keyRow, lower, mixed, uuid, uuidShape, type VendorRow } from './row.ts'

/** Vendors of models, of what serves them and of what watches them. */
export const aiKeys: readonly VendorRow[] = [
  keyRow(
    'openai-api-key',
    'OpenAI API key',
    ['sk-'],
    'sk-(?:(?:proj|svcacct|service|admin|None)-[\\w-]{20,250}|[A-Za-z0-9]{32,64})',
    ['sk-proj-', `${mixed(64)}T3BlbkFJ${mixed(64)}`],
    ['sk-', mixed(48)],
  ),
  keyRow(
    'anthropic-api-key',
    'Anthropic API key',
    ['sk-ant-'],
    'sk-ant-[a-z0-9]{3,12}-[\\w-]{24,250}',
    ['sk-ant-', `api03-${mixed(88)}AA`],
    ['sk-ant-', `admin01-${mixed(64)}`],
  ),
  keyRow('openrouter-api-key', 'OpenRouter API key', ['sk-or-v'], 'sk-or-v1-[0-9a-f]{64}', [
    'sk-or-',
    `v1-${hex(64)}`,
  ]),
  keyRow(
    'huggingface-token',
    'Hugging Face token',
    ['hf_', 'api_org_'],
    '(?:hf|api_org)_[A-Za-z0-9]{34,37}',
    ['hf_', mixed(34)],
  ),
  keyRow('groq-api-key', 'Groq API key', ['gsk_'], 'gsk_[A-Za-z0-9]{52,54}', ['gsk_', mixed(52)]),
  keyRow('perplexity-api-key', 'Perplexity API key', ['pplx-'], 'pplx-[A-Za-z0-9]{48,56}', [
    'pplx-',
    mixed(48),
  ]),
  keyRow('xai-api-key', 'xAI API key', ['xai-'], 'xai-[\\w-]{70,90}', ['xai-', mixed(80)]),
  keyRow('fireworks-api-key', 'Fireworks AI API key', ['fw_'], 'fw_(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}', [
    'fw_',
    mixed(24),
  ]),
  keyRow('tavily-api-key', 'Tavily API key', ['tvly-'], 'tvly-[\\w-]{32,64}', ['tvly-', mixed(32)]),
  keyRow('together-api-key', 'Together AI API key', ['tgp_v'], 'tgp_v1_[\\w-]{43}', ['tgp_v1_', mixed(43)]),
  keyRow('llamaindex-api-key', 'LlamaCloud API key', ['llx-'], 'llx-[\\w-]{48}', ['llx-', mixed(48)]),
  keyRow('nvidia-api-key', 'NVIDIA API key', ['nvapi-'], 'nvapi-[\\w-]{60,70}', ['nvapi-', mixed(64)]),
  keyRow('elevenlabs-api-key', 'ElevenLabs API key', ['sk_'], 'sk_[0-9a-f]{48}', ['sk_', hex(48)]),
  keyRow('voyage-api-key', 'Voyage AI API key', ['pa-'], 'pa-(?=[A-Za-z_-]{0,42}\\d)[\\w-]{43}', [
    'pa-',
    mixed(43),
  ]),
  keyRow('jina-api-key', 'Jina AI API key', ['jina_'], 'jina_[0-9a-f]{32}[\\w-]{20,40}', [
    'jina_',
    `${hex(32)}${mixed(28)}`,
  ]),
  keyRow('pinecone-api-key', 'Pinecone API key', ['pcsk_'], 'pcsk_[A-Za-z0-9]{4,7}_[A-Za-z0-9]{50,70}', [
    'pcsk_',
    `4aB7c_${mixed(63)}`,
  ]),
  keyRow('langsmith-api-key', 'LangSmith API key', ['lsv2_'], 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}', [
    'lsv2_',
    `pt_${hex(32)}_${hex(10)}`,
  ]),
  keyRow('langfuse-key', 'Langfuse secret key', ['sk-lf-'], `sk-lf-${uuidShape}`, ['sk-lf-', uuid]),
  keyRow('cerebras-api-key', 'Cerebras API key', ['csk-'], 'csk-[a-z0-9]{48}', ['csk-', lower(48)]),
  keyRow('firecrawl-api-key', 'Firecrawl API key', ['fc-'], 'fc-[0-9a-f]{32}', ['fc-', hex(32)]),
  keyRow('helicone-api-key', 'Helicone API key', ['sk-helicone-'], 'sk-helicone-[a-z0-9-]{28,40}', [
    'sk-helicone-',
    lower(30),
  ]),
  keyRow('anyscale-api-key', 'Anyscale API key', ['esecret_'], 'esecret_[a-z0-9]{26}', [
    'esecret_',
    lower(26),
  ]),
  keyRow('sandbox-api-key', 'E2B API key', ['e2b_'], 'e2b_[0-9a-f]{40}', ['e2b_', hex(40)]),
  keyRow('friendli-api-key', 'Friendli token', ['flp_'], 'flp_[A-Za-z0-9]{46,50}', ['flp_', mixed(46)]),
  keyRow('coze-token', 'Coze token', ['pat_'], 'pat_[A-Za-z0-9]{64}', ['pat_', mixed(64)]),
  keyRow(
    'dify-api-key',
    'Dify API key',
    ['app-'],
    'app-(?=[a-z-]{0,23}[A-Z0-9])(?=[A-Z0-9-]{0,23}[a-z])[A-Za-z0-9]{24}',
    ['app-', mixed(24)],
  ),
]
