import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Launch, toolOf, tools } from './tools.ts'

const launch: Launch = {
  url: 'https://ai.example.com',
  accessToken: 'spd_example',
  helper: ['/opt/our tools/sallyport', 'token'],
  managed: { model: 'west-large', permissions: { deny: ['Read(./.env)'] } },
  models: ['auto', 'west-large'],
}
const prepare = (kind: string, more: Partial<Launch> = {}) => toolOf(kind).prepare({ ...launch, ...more })

test('a tool is known by its name, wherever it lies; any other gets what the packages of the vendors read', () => {
  assert.equal(toolOf('claude').kind, 'claude')
  assert.equal(toolOf('/usr/local/bin/codex').kind, 'codex')
  assert.equal(toolOf('C:\\tools\\gemini.cmd').kind, 'gemini')
  assert.equal(toolOf('opencode').kind, 'opencode')
  for (const program of ['python3', 'claude-other', '', 'other']) assert.equal(toolOf(program).kind, 'other')
  const { environment } = prepare('aider')
  assert.equal(environment['OPENAI_BASE_URL'], 'https://ai.example.com/v1')
  assert.equal(environment['ANTHROPIC_BASE_URL'], 'https://ai.example.com')
  assert.equal(environment['OPENAI_API_KEY'], 'spd_example')
})

test('no tool goes on with a key of somebody’s own', () => {
  for (const { kind, prepare: prepareTool } of tools) {
    const { environment } = prepareTool(launch)
    for (const name of ['ANTHROPIC_API_KEY', 'GOOGLE_API_KEY', 'OPENAI_API_KEY'])
      if (name in environment)
        assert.ok([undefined, 'spd_example'].includes(environment[name]), `${kind} ${name}`)
  }
})

test('Claude Code asks the helper, obeys the policy, and its command line holds no token', () => {
  const { words = [], environment } = prepare('claude')
  const settings = JSON.parse(words[1] ?? '')
  assert.equal(words[0], '--settings')
  assert.deepEqual(settings, {
    model: 'west-large',
    permissions: { deny: ['Read(./.env)'] },
    apiKeyHelper: "'/opt/our tools/sallyport' token",
  })
  assert.equal(environment['ANTHROPIC_AUTH_TOKEN'], undefined)
  assert.doesNotMatch(JSON.stringify([words, environment]), /spd_/)
})

test('without a helper the token stands in the surroundings, never on the command line others can read', () => {
  for (const { prepare: prepareTool } of tools) {
    const { words = [], environment } = prepareTool({ ...launch, helper: undefined })
    assert.doesNotMatch(JSON.stringify(words), /spd_/)
    assert.ok(Object.values(environment).includes('spd_example'))
  }
})

test('Codex gets a provider whose token a command prints', () => {
  const { words = [] } = prepare('codex')
  assert.ok(words.includes('model_providers.sallyport.base_url="https://ai.example.com/v1"'))
  assert.ok(words.includes('model_providers.sallyport.auth.command="/opt/our tools/sallyport"'))
  assert.ok(words.includes('model_providers.sallyport.auth.args=["token"]'))
})

test('opencode gets its settings in a variable, which names the one with the token', () => {
  const { environment } = prepare('opencode')
  const settings = JSON.parse(environment['OPENCODE_CONFIG_CONTENT'] ?? '')
  assert.equal(settings.provider.sallyport.options.apiKey, '{env:SALLYPORT_TOKEN}')
  assert.deepEqual(settings.enabled_providers, ['sallyport'])
  assert.deepEqual(settings.provider.sallyport.models, {
    auto: { name: 'Sallyport chooses' },
    'west-large': { name: 'west-large' },
  })
  assert.equal(environment['SALLYPORT_TOKEN'], 'spd_example')
})
