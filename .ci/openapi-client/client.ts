// Uses a node by the client that is generated from its description; ends with an error where the node answers otherwise.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const RECIPIENT = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';

const baseUrl = process.argv[2];
assert(baseUrl, 'usage: client.js URL');
const node = createClient<paths>({ baseUrl });

/** Sends the body as it is, not as JSON. */
const raw = (body: unknown) => body as BodyInit;
const asText = { parseAs: 'text' } as const;
const collection = { query: { param: 'photos' } };

const created = await node.POST('/services/CreateCollection', {
  body: 'photos',
  bodySerializer: raw,
  headers: { 'Content-Type': 'text/plain' },
  ...asText,
});
assert.equal(created.data, 'created');
assert.equal(created.response.status, 201);

const documents = [
  { UUID: 'cat', name: 'cat.jpg' },
  { UUID: 'dog', name: 'dog.jpg' },
];
let version = '';
for (const body of documents) {
  const added = await node.POST('/services/AddDocument', { params: collection, body, ...asText });
  assert.equal(added.data, body.UUID);
  version = added.response.headers.get('Distri-Version') ?? '';
}

const read: components['schemas']['StoredDocument'][] = [];
let cursor: string | undefined;
do {
  const query = { param: 'photos', limit: 1, versions: true, cursor };
  const page = await node.POST('/services/ReadCollection', { params: { query } });
  assert.equal(page.data?.length, 1);
  read.push(...page.data);
  cursor = page.response.headers.get('Distri-Cursor') ?? undefined;
} while (cursor);
assert.deepEqual(read.map((document) => document.UUID), ['cat', 'dog']);
assert.equal(read[1]?._version, version);

const change = {
  params: { query: { param: 'photos', ifVersion: version } },
  body: { UUID: 'dog', name: 'hound.jpg' },
};
assert.equal((await node.POST('/services/UpdateDocument', { ...change, ...asText })).data, 'dog');
const late = await node.POST('/services/UpdateDocument', {
  ...change,
  body: { UUID: 'dog', name: 'wolf.jpg' },
  ...asText,
});
assert.equal(late.response.status, 409);
assert.equal(problem(late.error).type, 'urn:distri:problem:version-conflict');

const deleted = await node.POST('/services/DeleteDocument', {
  params: collection,
  body: { name: 'hound.jpg' },
});
assert.equal(deleted.data?.deleted, 1);

const sealed = await node.POST('/services/Encrypt', {
  params: { query: { param: [RECIPIENT] } },
  body: Buffer.from(PICTURE, 'base64'),
  bodySerializer: raw,
  headers: { 'Content-Type': 'image/png' },
  parseAs: 'arrayBuffer',
});
assert.equal(sealed.response.headers.get('Content-Type'), 'image/png');
assert.equal(Buffer.from(sealed.data as ArrayBuffer).subarray(1, 4).toString(), 'PNG');

const stats = await node.POST('/services/Stats', { headers: { Accept: 'application/json' } });
assert(typeof stats.data === 'object');
assert.equal(stats.data.collections['photos'], 1);

const table = await node.GET('/nodes');
assert.equal(table.data?.[0]?.state, 'UP');
assert(table.data[0].services.includes('Encrypt'));

const missing = await node.POST('/services/ReadCollection', {
  params: { query: { param: 'nowhere' } },
});
assert.equal(missing.response.status, 404);
assert.equal(problem(missing.error).type, 'urn:distri:problem:unknown-collection');

console.log('the generated client works');

/** The problem that a call ended in. */
function problem(error: components['schemas']['Problem'] | undefined) {
  assert(error);
  assert(error.detail);
  return error;
}
