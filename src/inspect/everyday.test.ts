import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreInjection } from './injection/score.ts'
import { createInspector } from './inspector.ts'

/**
 * Texts of every day in which nothing is to be found: each once was, or easily could be, taken for something. A false
 * finding costs trust in all the others.
 */
const everyday: readonly string[] = [
  // Prose
  'The plan says who does what until when.',
  'We grew from 1,200,000 to 3,400,000 users between 2019 and 2024.',
  'He lived from 1809–1865 and was called an anarchist.',
  'The mobile app got 1500000 downloads; the desktop one 12000000.',
  'Call the function 3 times, then wait 1000 ms.',
  'See page 12, 13, 14, 15, 16, 17, 18 and 19.',
  'The card game takes 2 to 4 players, 52 cards each.',
  'My password is very long and I never tell it.',
  'I forgot my password: how do I reset it?',
  'Tel Aviv, Telegram and telephony in 2024 and 2025.',
  '@anna and @bob, please review by 12:30 @ the office.',
  'The ratio was 4:1, 3.5:1 and 10:1.',
  'It costs $1,234,567.89 or €1.234.567,89.',
  'Pi is 3.14159265358979323846 and e is 2.71828182845904523536.',
  'The year 2000, the years 1999-2005, the decade 1990/2000.',
  'Room 101-102-103, floor 4, building 12.',
  'Score 21-15, 21-19, 15-21 in 2 h 13 min.',
  'The ISBN is 978-3-16-148410-0.',
  'DOI 10.1000/182 and arXiv 2404.13208v1.',
  'Section 4.1.1.1 of RFC 7519, and sections 5.2 to 5.9.',
  'The speed of light is 299792458 m/s.',
  'There are 86400 seconds in a day and 31557600 in a year.',
  '中文字符和数字 12345 在一起。',
  'Это обычный текст с числом 1234567.',
  'נוסח רגיל עם מספר 1234567',
  // Dates and times
  '2024-01-02T10:30:00.000Z',
  '2024-01-02 10:30:00,123 INFO started in 1234 ms',
  '20240102103000',
  '1700000000',
  '1700000000000',
  '1700000000000000',
  '01/02/2024, 01.02.2024 and 2024/02/01',
  'Mon, 02 Jan 2024 10:30:00 +0000',
  '10:30:15.123456789',
  'P3Y6M4DT12H30M5S',
  // Numbers of things
  'order 4500012345',
  'order no. 0012-3456-789',
  'invoice #20240001234',
  'ticket ABC-1234567',
  'SKU 12345-67890-AB',
  'tracking 1Z999AA10123456784',
  'version 10.15.7 (19H2026)',
  'v1.22.333-rc.4+5678',
  'node v24.21.0, npm 11.6.2',
  'build 20240102.1234567',
  '12345678-1234-1234-1234-123456789012',
  '550e8400-e29b-41d4-a716-446655440000',
  'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
  'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  'commit 9003870 and 3a9ac29',
  // Networks
  '127.0.0.1 and 0.0.0.0:8080',
  'dial 127.0.0.1 from 255.255.255.0',
  '0000:0000:0000:0000:0000:0000:0000:0001',
  'FF:FF:FF:FF:FF:FF',
  'https://example.com:8443/a/b?c=d#e',
  'https://anna@example.com/ and ftp://example.com',
  'http://localhost:3000/api/v1/users/1234567/orders/7654321',
  'ssh://git@example.com/project.git',
  'git@github.com:owner/project.git',
  'postgres://localhost:5432/main',
  // Places
  '52.5200066,13.4049540',
  '52° 31′ 12.0288″ N, 13° 24′ 17.8344″ E',
  '10115 Berlin, 75001 Paris, 10001 and SW1A',
  // Code
  'const total = items.reduce((sum, { price }) => sum + price, 0)',
  'for (let i = 0; i < 1000000; i++) { a[i] = b[i] * 0xdeadbeef }',
  'import { createServer } from "node:http"',
  '@Override public String toString() { return "x"; }',
  'def f(self, *args, **kwargs) -> None: ...',
  'A @ B.T + C @ D.inverse()',
  'password = os.environ["DB_PASSWORD"]',
  'password: string; passwordHash?: string',
  'if (password === undefined) throw new Error("password missing")',
  `password=\${DB_PASSWORD}`,
  'PASSWORD=changeme',
  'api_key = "YOUR_API_KEY"',
  'OPENAI_API_KEY=sk-...',
  'export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'class="sk-circle sk-circle-fade sk-child-12"',
  'task-runner, disk-usage, risk-based, desk-01',
  'sp_executesql, sp_help and disp_mode',
  'EXEC sp_configure',
  'the eyJ prefix of tokens',
  'logo@2x.png, icon@3x.webp',
  'npm i pkg@1.2.3 @scope/pkg@^4.5.6',
  '"integrity": "sha512-WNHQaYJ1gh2w8BYdHAvdj3u6CFXp2MxmJvGhqwqQFFM+gSHvRDxdTA=="',
  'SELECT id, phone, email FROM people WHERE id = 1234567',
  'color: #4111aa; margin: 0 auto; width: calc(100% - 16px)',
  'rgba(255, 255, 255, 0.5)',
  '\\u0041\\u0042 \\x41 %41%42',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY----- is followed by Base64',
  // Markdown, tables, settings
  '| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |',
  '1. one\n2. two\n3. three\n10. ten',
  '- [ ] 2024-01-02 done\n- [x] 2024-01-03 open',
  'a,b,c\n1,2,3\n1000000,2000000,3000000',
  '{"id": 1234567, "ids": [1000001, 1000002, 1000003]}',
  'port: 8787\nhost: 127.0.0.1\nretries: 3\ntimeoutMs: 30000',
  'x = 1e21, y = 1.5E-7, z = 0b1010',
  '00000000 00000001 00000010 00000011',
  '-rw-r--r-- 1 root root 14668122 Nov 23 10:16 dev.jsonl.gz',
  'PID 1234567 USER root 99.9 % CPU 12:34.56',
]

const { inspect } = createInspector({ terms: [] })

for (const text of everyday) {
  test(`nothing is found in: ${JSON.stringify(text).slice(1, 60)}`, () => {
    const found = inspect(text, 'user').map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`)
    assert.deepEqual(found, [])
  })
}

test('nothing is found in all of them together, line by line or in one line', () => {
  for (const joint of ['\n', '\n\n', ' | ', '; ']) {
    const text = everyday.join(joint)
    const found = inspect(text, 'user').map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`)
    assert.deepEqual(found, [], `joined by ${JSON.stringify(joint)}`)
  }
})

test('none of them looks like an attempt to take over a model', () => {
  for (const text of everyday) assert.equal(scoreInjection(text).verdict, 'none', text)
})
