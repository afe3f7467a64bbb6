#!/usr/bin/env node
/*
 * Verify the exported record of a project: offline, with nothing but Node 18.3 or later.
 *
 *     node verify_record.mjs PACK.zip [--anchor FILE]... [--key VKEY]... [--json]
 *     node verify_record.mjs --batch LIST.json        (for comparing verifiers)
 *
 * --anchor: the bytes of a checkpoint or receipt that was kept outside; --key: a verifier key known from outside;
 * --json: one object instead of lines; --batch: an array of {"pack": path, "anchors": [paths], "pins": [keys]}.
 * Exit codes: 0 valid, 1 invalid, 2 a wrong call, 3 valid but not anchored outside since t.
 *
 * Written from FORMAT.md alone; "section n" is one of that page. It reads the files it is told to and opens no
 * connection. From the top: JSON, forms, tree, signatures, notes, ZIP, entries, signing, verdict, program.
 */
import { createHash, createPublicKey, verify as opensslVerify } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const MIB = 2 ** 20;
const MAX = { pack: 1024 * MIB, json: 64 * MIB, anchor: 4 * MIB, body: MIB, entries: 1_000_000, members: 60_000, depth: 32 };

/** Say why a pack is INVALID, in words for people. */
class Refused extends Error {}

function need(condition, reason) {
  if (!condition) throw new Refused(reason);
}

/** Run a check; if it refuses, say where. */
function within(where, check) {
  try {
    return check();
  } catch (error) {
    throw error instanceof Refused ? new Refused(`${where}: ${error.message}`) : error;
  }
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hex = (text) => Buffer.from(text, "hex");

// ---- Section 1: canonical JSON ------------------------------------------------------------------------------

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes) {
  try {
    const text = UTF8.decode(bytes);
    if (Buffer.byteLength(text) === bytes.length && text[0] !== "\uFEFF") return text;
  } catch { /* not UTF-8 */ }
  throw new Refused("not UTF-8 without a byte order mark");
}

/** Parse JSON that does not nest too deep; `colons` is how many keys stand in it, the same key twice counted twice. */
function parse(text) {
  let depth = 0, deepest = 0, colons = 0, quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22 /* " */) quoted = !quoted;
    else if (quoted) i += c === 0x5c /* \ */ ? 1 : 0;
    else if (c === 0x3a /* : */) colons++;
    else if (c === 0x5b /* [ */ || c === 0x7b /* { */) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d /* ] */ || c === 0x7d /* } */) depth--;
  }
  need(deepest <= MAX.depth, "nested too deep");
  try {
    return { value: JSON.parse(text), colons };
  } catch {
    throw new Refused("not JSON");
  }
}

function quote(text) {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  need(!/\p{Surrogate}/u.test(text), "a lone surrogate");
  return JSON.stringify(text); // escapes exactly what section 1 says, and lone surrogates
}

/** Return the canonical form of a value; `sort` without arguments is by UTF-16 code units. */
function canonical(value) {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(",")}]`;
  if (isObject(value)) return `{${Object.keys(value).sort().map((key) => `${quote(key)}:${canonical(value[key])}`).join(",")}}`;
  need(typeof value !== "number" || Number.isSafeInteger(value), "a number that is not a whole one of 53 bits");
  return String(value);
}

/** Read bytes that must be the canonical form of what they say. */
export function readCanonical(bytes, limit = MAX.json) {
  need(bytes.length <= limit, `longer than ${limit} bytes`);
  const text = decode(bytes), { value } = parse(text);
  need(canonical(value) === text, "not the canonical form of what it says");
  return value;
}

// ---- Forms: a shape is an object of key -> test -------------------------------------------------------------

const matches = (pattern) => (value) => typeof value === "string" && pattern.test(value);
const oneOf = (...allowed) => (value) => allowed.includes(value);
const orNull = (test) => (value) => value === null || test(value);
const between = (low, high) => (value) => Number.isSafeInteger(value) && value >= low && value <= high;
const atLeast = (low) => between(low, Number.MAX_SAFE_INTEGER);
const listOf = (test) => (value) => Array.isArray(value) && value.every(test);
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const isHash = matches(/^[0-9a-f]{64}$/);
const isNonce = matches(/^[0-9a-f]{32}$/);
const isHex = (value) => matches(/^[0-9a-f]+$/)(value) && value.length % 2 === 0;
const isIdentifier = matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

function isMoment(value) {
  if (!matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)(value)) return false;
  const thousandths = `${value.slice(0, 23)}Z`, moment = new Date(thousandths);
  return !isNaN(moment) && moment.toISOString() === thousandths && !value.startsWith("0000"); // 30 February comes back as March
}

/** Say which key of a value is missing, not known or out of form; "" if the value fits. */
function misfit(value, shape) {
  if (!isObject(value)) return "not an object";
  for (const key of Object.keys(shape)) {
    if (!Object.hasOwn(value, key)) return `"${key}" is missing`;
    if (!shape[key](value[key])) return `"${key}" is not in its form`;
  }
  return Object.keys(value).length === Object.keys(shape).length ? "" : "a key that is not known";
}

const exactly = (shape) => (value) => misfit(value, shape) === "";

function needFit(value, shape) {
  const wrong = misfit(value, shape);
  need(wrong === "", wrong);
}

// ---- Section 2: the tree of RFC 6962 ------------------------------------------------------------------------

const LEAF = Buffer.from([0]), INNER = Buffer.from([1]);
export const leafHash = (body) => sha256(LEAF, body);
const nodeHash = (left, right) => sha256(INNER, left, right);

/** A tree that grows leaf by leaf and keeps only the roots of its full subtrees, the largest first. */
export class Tree {
  size = 0;
  #peaks = [];

  add(leaf) {
    let hash = leaf;
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) hash = nodeHash(this.#peaks.pop(), hash);
    this.#peaks.push(hash);
    this.size += 1;
  }

  root() {
    return this.size ? this.#peaks.reduceRight((right, left) => nodeHash(left, right)) : sha256();
  }
}

/** Return the root that an inclusion proof leads to (RFC 9162, 2.1.3.2), or null. */
export function rootFromProof(leaf, index, size, proof) {
  let fn = index, sn = size - 1, hash = leaf;
  if (index >= size) return null;
  for (const sibling of proof) {
    if (sn === 0) return null;
    const isRight = fn % 2 === 1 || fn === sn;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    while (isRight && fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? hash : null;
}

// ---- Sections 4 and 5: signatures, stricter than OpenSSL is -------------------------------------------------

const number = (bytes) => BigInt(`0x0${Buffer.from(bytes).toString("hex")}`);
const littleEndian = (bytes) => number(Uint8Array.from(bytes).reverse());
const P25519 = 2n ** 255n - 19n;
const ORDER_25519 = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_P256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** y of the points with few multiples: a key among them "signs" every message. */
const Y_OF_ORDER_8 = littleEndian(hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
const SMALL_ORDER = [0n, 1n, P25519 - 1n, Y_OF_ORDER_8, P25519 - Y_OF_ORDER_8];

/** Let OpenSSL verify; `parts` of the key are bytes. It refuses a key that is no point of its curve. */
function openssl(kind, parts, hash, message, signature, options = {}) {
  const encoded = Object.entries(parts).map(([name, bytes]) => [name, bytes.toString("base64url")]);
  try {
    const key = createPublicKey({ key: { ...kind, ...Object.fromEntries(encoded) }, format: "jwk" });
    return opensslVerify(hash, message, { key, ...options }, signature);
  } catch {
    return false;
  }
}

/** Verify Ed25519: without the cofactor, so that R is compared as bytes and has one encoding only. */
export function ed25519Verifies(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const y = littleEndian(key) % 2n ** 255n;
  if (y >= P25519 || SMALL_ORDER.includes(y)) return false;
  if (littleEndian(signature.subarray(32)) >= ORDER_25519) return false;
  return openssl({ kty: "OKP", crv: "Ed25519" }, { x: key }, null, message, signature);
}

function derInteger(n) {
  const digits = [...hex(n.toString(16).padStart(64, "0"))];
  while (digits[0] === 0 && digits.length > 1) digits.shift();
  return Buffer.from(digits[0] < 0x80 ? [2, digits.length, ...digits] : [2, digits.length + 1, 0, ...digits]);
}

/** Return r and s of an ECDSA signature as 64 bytes, or null if it is not the strict DER of r and s. */
function rawFromDer(der) {
  const cut = 4 + der[3], pair = [der.subarray(4, cut), der.subarray(cut + 2)].map(number);
  if (der.length > 72 || pair.some((n) => n < 1n || n >= ORDER_P256)) return null;
  const inner = Buffer.concat(pair.map(derInteger));
  if (!Buffer.concat([Buffer.from([0x30, inner.length]), inner]).equals(der)) return null;
  return hex(pair.map((n) => n.toString(16).padStart(64, "0")).join(""));
}

export function ecdsaVerifies({ x, y }, message, signature) {
  const raw = rawFromDer(signature), kind = { kty: "EC", crv: "P-256" };
  return raw !== null && openssl(kind, { x, y }, "sha256", message, raw, { dsaEncoding: "ieee-p1363" });
}

export function rsaVerifies({ e, n }, message, signature) {
  if (n.length < 256 || n.length > 512 || n[0] === 0 || n[n.length - 1] % 2 === 0) return false;
  if (e.length > 4 || e[0] === 0 || number(e) < 3n || e[e.length - 1] % 2 === 0) return false;
  return signature.length === n.length && openssl({ kty: "RSA" }, { n, e }, "sha256", message, signature);
}

const PASSKEYS = new Map([
  [-7, { form: { x: isHash, y: isHash }, verifies: ecdsaVerifies }],
  [-8, { form: { x: isHash }, verifies: ({ x }, ...rest) => ed25519Verifies(x, ...rest) }],
  [-257, { form: { e: isHex, n: isHex }, verifies: rsaVerifies }],
]);
const ASSERTION = {
  authenticator_data: isHex, client_data: isHex, credential: isHex, rp: isText, signature: isHex,
  key: (key) => isObject(key) && PASSKEYS.has(key.alg) && exactly({ alg: () => true, ...PASSKEYS.get(key.alg).form })(key),
};

function countKeys(value) {
  if (value === null || typeof value !== "object") return 0;
  return Object.values(value).reduce((sum, item) => sum + countKeys(item), isObject(value) ? Object.keys(value).length : 0);
}

/** Check what a passkey asserts (section 4): about this statement, by a user it verified. */
function checkAssertion(assertion, statementHash) {
  const data = hex(assertion.authenticator_data), client = hex(assertion.client_data);
  const { value, colons } = within("client_data", () => parse(decode(client)));
  need(isObject(value) && countKeys(value) === colons, "client_data is no object or names a key twice");
  need(value.type === "webauthn.get", "client_data is not of type webauthn.get");
  need(value.challenge === hex(statementHash).toString("base64url"), "the passkey answered another challenge");
  need(data.length >= 37, "authenticator_data is too short");
  need(data.subarray(0, 32).equals(sha256(assertion.rp)), "the passkey is another site's");
  need((data[32] & 0b101) === 0b101, "the passkey did not verify its user");
  const { alg, ...parts } = assertion.key;
  const key = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, hex(text)]));
  const message = Buffer.concat([data, sha256(client)]);
  need(PASSKEYS.get(alg).verifies(key, message, hex(assertion.signature)), "the passkey's signature is wrong");
}

// ---- Section 5: verifier keys, checkpoints, receipts --------------------------------------------------------

/** Decode standard, padded, canonical base64, or refuse. */
function base64(text) {
  const bytes = Buffer.from(text, "base64");
  need(bytes.toString("base64") === text, "base64 that is not canonical");
  return bytes;
}

/** Read a verifier key; `label` is its name and identifier, as a signature line names it. */
function readVerifierKey(text) {
  const [, name, id, encoded] = (isText(text) && /^([!-*,-~]+)\+([0-9a-f]{8})\+(.+)$/.exec(text)) || [];
  need(name, "a key that is not in the form of a verifier key");
  const key = base64(encoded);
  need(key.length === 33 && key[0] === 1, "a verifier key that is not of Ed25519");
  need(sha256(`${name}\n`, key).toString("hex", 0, 4) === id, "a verifier key with another's identifier");
  return { text, label: `${name}+${id}`, point: key.subarray(1) };
}

function readSignatureLine(line) {
  const [, name, encoded] = /^\u2014 ([!-*,-~]+) (.+)$/.exec(line) ?? [];
  need(name, "a signature line that is not in its form");
  const bytes = base64(encoded);
  need(bytes.length > 4, "a signature line without a signature");
  return { label: `${name}+${bytes.toString("hex", 0, 4)}`, signature: bytes.subarray(4) };
}

/** Read a checkpoint without verifying it. */
function readNote(bytes) {
  const lines = decode(bytes).split("\n");
  need(lines.length >= 6 && lines.length <= 21 && lines.pop() === "", "not three lines, an empty one and one to sixteen more");
  const [origin, size, root, empty] = lines.splice(0, 4);
  need(empty === "" && /^[1-9][0-9]*$/.test(size), "not three lines and an empty one, with a size of at least 1");
  const rootHash = base64(root), signatures = lines.map(readSignatureLine);
  need(rootHash.length === 32, "a root that is not 32 bytes");
  need(new Set(signatures.map(({ label }) => label)).size === signatures.length, "a name and identifier that come twice");
  return { bytes, origin, size: Number(size), root: rootHash, signatures, signed: Buffer.from(`${origin}\n${size}\n${root}\n`) };
}

/** Read an anchor: a receipt by its first line, else a checkpoint. */
function readAnchor(bytes) {
  need(bytes.length <= MAX.anchor, "more than 4 MiB");
  const text = decode(bytes), end = text.indexOf("\n\n");
  const [version, extra, index, ...hashes] = text.slice(0, end).split("\n");
  if (version !== "c2sp.org/tlog-proof@v1") return { note: readNote(bytes) };
  need(/^extra ./.test(extra) && /^index (0|[1-9][0-9]*)$/.test(index), "a receipt that is not in its form");
  const proof = hashes.map(base64);
  need(proof.length < 64 && proof.every((hash) => hash.length === 32), "a proof that is not of hashes");
  const receipt = { body: base64(extra.slice(6)), index: Number(index.slice(6)), proof };
  return { note: readNote(Buffer.from(text.slice(end + 2))), receipt };
}

/** Verify a checkpoint against the log that the pack holds. */
function checkNote(note, log) {
  need(note.origin === log.origin, "for another log");
  need(note.size <= log.size, `names ${note.size} entries where the pack has ${log.size}: the end was cut off`);
  const state = log.states.get(note.size);
  need(note.root.equals(state.root), `names another root than the log has at ${note.size} entries`);
  for (const { label, signature } of note.signatures)
    for (const { point } of log.keys.get(label) ?? []) need(ed25519Verifies(point, note.signed, signature), "signed wrongly");
  need(note.signatures.some(({ label }) => label === state.key.label), "not signed by the key in force");
}

function checkReceipt({ body, index, proof }, note, log) {
  need(index < note.size, "an index that its checkpoint does not cover");
  need(body.equals(log.bodies.get(index)), `not the receipt of entry ${index}`);
  need(rootFromProof(leafHash(body), index, note.size, proof)?.equals(note.root), "its proof does not lead to the root");
}

// ---- Section 6: the ZIP file --------------------------------------------------------------------------------

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Pack [width, value] pairs, least significant byte first. */
const packed = (...fields) =>
  Buffer.from(fields.flatMap(([width, value]) => [0, 8, 16, 24].slice(0, width).map((shift) => value >>> shift)));

// The headers that a member must have: version 2.0, 1980-01-01 00:00, no attributes; only the flags may differ.
const common = ({ flags, crc, content, name }) =>
  [[2, 20], [2, flags], [2, 0], [2, 0], [2, 0x21], [4, crc], [4, content.length], [4, content.length], [2, name.length], [2, 0]];
const localHeader = (member) => packed([4, 0x04034b50], ...common(member));
const centralHeader = (member, offset) =>
  packed([4, 0x02014b50], [2, 20], ...common(member), [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
const endRecord = (count, size, offset) =>
  packed([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);

const isMemberName = (name) =>
  !name.includes("..") && name.split("/").every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== ".");

/** Read the member at an offset; its header must be, byte for byte, the one it needs. */
function readMember(pack, at) {
  const start = at + 30 + pack.readUInt16LE(at + 26), end = start + pack.readUInt32LE(at + 22);
  need(end <= pack.length, "a member that is cut off");
  const name = pack.toString("latin1", at + 30, start), content = pack.subarray(start, end);
  need(isMemberName(name), "a member whose name is not allowed");
  const member = { name, content, end, flags: pack.readUInt16LE(at + 6), crc: crc32(content) };
  need(member.flags === 0 || member.flags === 0x0800, `${name}: flags that are not allowed`);
  need(pack.subarray(at, at + 30).equals(localHeader(member)), `${name}: its header or its CRC-32 is wrong`);
  return member;
}

/** Return the content of each member by name; whatever follows the members must be what they need. */
function readZip(pack) {
  need(pack.length <= MAX.pack, "more than 1 GiB");
  const members = new Map(), directory = [];
  let at = 0;
  while (at + 30 <= pack.length && pack.readUInt32LE(at) === 0x04034b50) {
    const member = readMember(pack, at);
    need(!members.has(member.name), `${member.name}: comes twice`);
    need(members.size < MAX.members, "too many members");
    members.set(member.name, member.content);
    directory.push(centralHeader(member, at), Buffer.from(member.name));
    at = member.end;
  }
  const central = Buffer.concat(directory), end = endRecord(members.size, central.length, at);
  need(pack.subarray(at).equals(Buffer.concat([central, end])), "the ZIP file's directory is not the one its members need");
  return members;
}

const REQUIRED = ["anchors", "checkpoints", "manifest", "texts"].map((name) => `${name}.json`)
  .concat("checkpoint.txt", "documents.jsonl", "entries.jsonl");
const FIXED = new Set([...REQUIRED, "VERIFY.txt", "verify_record.mjs", "verify_record.py"]);
const isFree = (path) => !FIXED.has(path) && !path.startsWith("timestamps/");
const timestampSize = (path) => /^timestamps\/([1-9][0-9]*)\.tsr$/.exec(path)?.[1];
const MANIFEST = {
  format: oneOf("readiness-record-pack@1"), origin: isText, project: isIdentifier, client: isIdentifier,
  project_name: isText, client_name: isText, root: isHash, size: between(1, MAX.entries),
  files: listOf(exactly({ path: isText, sha256: isHash, size: atLeast(0) })),
};

function readManifest(members) {
  for (const name of REQUIRED) need(members.has(name), `${name} is missing`);
  const manifest = readCanonical(members.get("manifest.json"));
  needFit(manifest, MANIFEST);
  const { origin, project, files } = manifest, host = origin.slice(0, -39);
  need(origin === `${host}/p/${project}` && /^[A-Za-z0-9._:[\]-]+$/.test(host) && origin.length <= 200, "an origin out of form");
  const names = ["manifest.json", ...files.map(({ path }) => path)], present = [...members.keys()];
  need(names.length === present.length && names.every((name, i) => name === present[i]), "other members, or in another order");
  need(names.every((name, i) => i < 2 || names[i - 1] < name), "files are not sorted by path");
  for (const { path, size, sha256: hash } of files) {
    const content = members.get(path);
    need(content.length === size && sha256(content).toString("hex") === hash, `${path} is not the file it lists`);
  }
  return manifest;
}

function* lines(file) {
  for (let start = 0, end; start < file.length; start = end + 1) {
    end = file.indexOf(0x0a, start);
    need(end >= 0, "the last line has no newline");
    yield file.subarray(start, end);
  }
}

/** Return documents by hash; each is read when something names it. */
function readDocuments(file) {
  const documents = new Map();
  let before = "";
  for (const bytes of lines(file)) {
    const hash = sha256(bytes).toString("hex");
    need(before < hash, "not in the order of their hashes, or one comes twice");
    documents.set(hash, { bytes, value: undefined });
    before = hash;
  }
  return documents;
}

// ---- Sections 2 and 3: entries and signatures ---------------------------------------------------------------

const ACTS = ["SIGNED", "REFUSED", "WITHDRAWN"];
const isSystem = exactly({ id: oneOf(null), kind: oneOf("SYSTEM"), organisation: oneOf(null) });
const isAccount = exactly({ id: isIdentifier, kind: oneOf("CLIENT", "PARTNER"), organisation: isIdentifier });
const isSubject = exactly({ id: isIdentifier, noun: isText });
const ENTRY = {
  version: oneOf(1), origin: isText, project: isIdentifier, seq: atLeast(0), at: isMoment,
  kind: matches(/^[A-Z0-9_]{1,40}$/), actor: (actor) => isSystem(actor) || isAccount(actor), subject: orNull(isSubject),
  terms: isObject, texts: (texts) => isObject(texts) && Object.values(texts).every(isHash), nonce: isNonce,
};
const SIGNATURE_TERMS = {
  statement: isHash, method: oneOf("PASSWORD_TOTP", "PASSKEY", "SINGLE_SIGN_ON"), assertion: orNull(exactly(ASSERTION)),
  signer_name: isText, signer_organisation_name: isText, reset_hours: orNull(atLeast(0)),
};
const STATEMENT = {
  format: oneOf("readiness-statement@1"), act: isText, kind: matches(/^[A-Z_]+$/), origin: isText, project: isText,
  subject: isObject, title: isText, signer: isObject, authority: isText, delegation: orNull(isObject), reason: orNull(isHash),
  meaning: exactly({ key: isText, language: isText, sentence: isText, shown: isText, version: atLeast(1) }),
  exhibit: isHash, zone: isText, challenge: isNonce,
};

/** Read a document that something names by its hash. */
function named(documents, hash, what) {
  const document = documents.get(hash);
  need(document, `its ${what} is not in the pack`);
  document.value ??= within(what, () => readCanonical(document.bytes));
  need(isObject(document.value), `its ${what} is not an object`);
  return document.value;
}

/** Check an entry of kind SIGNED, REFUSED or WITHDRAWN with its statement and exhibit (section 3). */
function checkSignature({ kind, actor, subject, terms, texts }, log) {
  needFit(terms, SIGNATURE_TERMS);
  need(subject !== null, "a signature about nothing");
  need(actor.kind === "CLIENT" && actor.organisation === log.client, "not signed by the client");
  need(!log.statements.has(terms.statement), "a statement that another entry used");
  log.statements.add(terms.statement);
  const statement = named(log.documents, terms.statement, "statement");
  within("statement", () => needFit(statement, STATEMENT));
  const { id, organisation } = actor;
  const signer = { id, name: terms.signer_name, organisation, organisation_name: terms.signer_organisation_name };
  const same = { act: kind, origin: log.origin, project: log.project, subject, signer };
  for (const [key, value] of Object.entries(same))
    need(canonical(statement[key]) === canonical(value), `its statement has another ${key}`);
  const reason = statement.reason === null ? {} : { reason: statement.reason };
  need(canonical(texts) === canonical(reason), "its texts are not the reason of its statement");
  named(log.documents, statement.exhibit, "exhibit");
  need((terms.method === "PASSKEY") === (terms.assertion !== null), "a passkey without assertion, or the reverse");
  if (terms.assertion !== null) checkAssertion(terms.assertion, terms.statement);
  log.acts[kind] += 1;
}

/** Take the key that an entry names. Two keys can have one label: a signature must then be right by both. */
function takeKey(text, log) {
  const key = readVerifierKey(text), others = log.keys.get(key.label) ?? [];
  if (!others.some((other) => other.text === text)) log.keys.set(key.label, [...others, key]);
  log.key = key;
}

function takeErasure(terms, seq, log) {
  needFit(terms, { commitments: listOf(isHash) });
  for (const commitment of terms.commitments) log.erased.set(commitment, seq);
}

function checkEntry(entry, log) {
  needFit(entry, ENTRY);
  const { seq, at, kind, terms, texts, origin, project } = entry;
  need(seq === log.tree.size, "its number is not its place");
  need(origin === log.origin && project === log.project, "of another log");
  need(at >= log.at, "older than the entry before it");
  need((seq === 0) === (kind === "LOG_STARTED"), "LOG_STARTED is the first entry and no other");
  if (seq === 0) need(terms.client === log.client && terms.format === "readiness-record@1", "another client or format");
  if (seq === 0 || kind === "KEY_ROTATED") takeKey(terms.key, log);
  if (ACTS.includes(kind)) checkSignature(entry, log);
  if (kind === "TEXT_ERASED") takeErasure(terms, seq, log);
  for (const commitment of Object.values(texts)) log.held.set(commitment, seq);
  [log.at, log.last] = [at, entry];
}

/** Read all entries once; note the root, the key in force and the moment at each size that is asked for. */
function readLog(manifest, members, documents, wanted) {
  const log = { ...manifest, documents, tree: new Tree(), at: "", last: null, key: null, keys: new Map(), states: new Map(),
    bodies: new Map(), held: new Map(), erased: new Map(), statements: new Set(), acts: { SIGNED: 0, REFUSED: 0, WITHDRAWN: 0 } };
  for (const body of lines(members.get("entries.jsonl"))) {
    const seq = log.tree.size;
    within(`entry ${seq}`, () => checkEntry(readCanonical(body, MAX.body), log));
    log.tree.add(leafHash(body));
    if (wanted.bodies.has(seq)) log.bodies.set(seq, body);
    if (wanted.sizes.has(seq + 1)) log.states.set(seq + 1, { root: log.tree.root(), key: log.key, at: log.at });
  }
  need(log.tree.size === manifest.size, `${log.tree.size} entries where the manifest says ${manifest.size}`);
  need(log.tree.root().toString("hex") === manifest.root, "the entries do not have the root of the manifest");
  return log;
}

// ---- Sections 6 and 7: the rest of the pack, and the verdict ------------------------------------------------

function checkTexts(texts, log) {
  need(isObject(texts), "not an object");
  for (const [commitment, kept] of Object.entries(texts)) {
    need(log.held.has(commitment), `${commitment}: no entry holds it`);
    needFit(kept, { nonce: isNonce, text: isText });
    need(sha256(hex(kept.nonce), kept.text).toString("hex") === commitment, `${commitment}: another text than committed to`);
  }
  for (const [commitment, seq] of log.held)
    need(Object.hasOwn(texts, commitment) || log.erased.get(commitment) > seq, `a text of entry ${seq} is gone and no later entry says so`);
}

/** Check the members that need a reason to be there: time stamps, and files of an export. */
function checkOthers(members, log) {
  const exported = log.last.kind === "EXPORTED" ? log.last.terms.files : [];
  need(listOf(exactly({ path: isText, sha256: isHash }))(exported), "the last entry has files in another form");
  const files = new Map(exported.map(({ path, sha256: hash }) => [path, hash]));
  need(files.size === exported.length, "the last entry names a file twice");
  for (const path of files.keys()) need(members.has(path) && isFree(path), `${path}: named by the last entry`);
  for (const { path, sha256: hash } of log.files) {
    const size = timestampSize(path);
    if (size) need(log.onRecord.has(Number(size)), `${path}: a time stamp of no checkpoint`);
    else if (!FIXED.has(path)) need(files.get(path) === hash, `${path}: not named by the last entry`);
  }
}

/** Check all checkpoints of the pack: the one of its own size, and those on record. */
function checkNotes(head, notes, log) {
  need(head.size === log.size, "checkpoint.txt: of another size than the log");
  within("checkpoint.txt", () => checkNote(head, log));
  notes.forEach((note, i) => within(`checkpoint ${i}`, () => {
    need(i === 0 || notes[i - 1].size < note.size, "not sorted by size, or a size comes twice");
    checkNote(note, log);
    need(note.size < log.size || note.bytes.equals(head.bytes), "not the one in checkpoint.txt");
  }));
  log.onRecord = new Set([head, ...notes].map(({ size }) => size));
}

/** Check everything; return the log with the size and moment that each anchor covers. */
function examine(pack, { anchors = [], pins = [] }) {
  const members = readZip(pack), json = (name) => within(name, () => readCanonical(members.get(name)));
  const manifest = within("manifest.json", () => readManifest(members));
  const documents = within("documents.jsonl", () => readDocuments(members.get("documents.jsonl")));
  const head = within("checkpoint.txt", () => readNote(members.get("checkpoint.txt")));
  const checkpoints = json("checkpoints.json"), sent = { at: isMoment, kind: isText, size: between(1, manifest.size), to: isText };
  need(listOf(isText)(checkpoints), "checkpoints.json: not an array of checkpoints");
  need(listOf(exactly(sent))(json("anchors.json")), "anchors.json: not in its form");
  const notes = checkpoints.map((text, i) => within(`checkpoint ${i}`, () => readNote(Buffer.from(text))));
  const outside = anchors.map((bytes, i) => within(`anchor ${i + 1}`, () => readAnchor(asBuffer(bytes))));
  const sizes = new Set([head, ...notes, ...outside.map(({ note }) => note)].map(({ size }) => size));
  const log = readLog(manifest, members, documents, { sizes, bodies: new Set(outside.map(({ receipt }) => receipt?.index)) });
  checkNotes(head, notes, log);
  for (const [hash, { value }] of documents) need(value, `document ${hash}: nothing names it`);
  within("texts.json", () => checkTexts(readCanonical(members.get("texts.json")), log));
  checkOthers(members, log);
  outside.forEach(({ note, receipt }, i) => within(`anchor ${i + 1}`, () => {
    checkNote(note, log);
    if (receipt) checkReceipt(receipt, note, log);
  }));
  const known = pins.map((pin) => within("a key from outside", () => readVerifierKey(pin)));
  need(known.length === 0 || known.some(({ text }) => text === log.key.text), "the key in force is none of those known from outside");
  return { log, covered: outside.map(({ note: { size } }) => ({ size, at: log.states.get(size).at })) };
}

const asBuffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function conclude(pack, outside = {}) {
  try {
    const { log, covered } = examine(asBuffer(pack), outside);
    const largest = covered.reduce((most, one) => (one.size > most.size ? one : most), { size: 0, at: "THE START" });
    const words = largest.size === log.size ? { verdict: "VALID", since: null } : { verdict: "NOT_ANCHORED", since: largest.at };
    const signatures = ACTS.reduce((sum, act) => sum + log.acts[act], 0);
    return { log, covered, result: { ...words, reason: "", entries: log.size, signatures } };
  } catch (error) {
    const reason = error instanceof Refused ? error.message : `it cannot be read (${error})`;
    return { result: { verdict: "INVALID", since: null, reason, entries: 0, signatures: 0 } };
  }
}

/** Verify a pack with `{anchors, pins}`: bytes in, the verdict out; never throws, whatever the bytes are. */
export const verify = (pack, outside) => conclude(pack, outside).result;

// ---- The program --------------------------------------------------------------------------------------------

function* report({ result, log, covered }) {
  yield result.verdict === "NOT_ANCHORED" ? `VALID BUT NOT ANCHORED OUTSIDE SINCE ${result.since}` : result.verdict;
  if (!log) return yield `Reason: ${result.reason}`;
  yield `Project: ${log.project_name} (${log.project}), the name as the server says`;
  yield `Client: ${log.client_name} (${log.client}), the name as the server says`;
  yield `Entries: ${log.size}, the last of ${log.at}`;
  yield `Signatures: ${log.acts.SIGNED} signed, ${log.acts.REFUSED} refused, ${log.acts.WITHDRAWN} withdrawn`;
  for (const { size, at } of covered) yield `An anchor covers ${size} of ${log.size} entries, up to ${at}`;
  if (!covered.length) yield "No anchor from outside was given";
}

/** Make text of a pack harmless on a terminal. */
const printable = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");

/** Read the files of one call; one that is too long is not read, but refused for its length. */
function load({ pack, anchors = [], pins = [] }) {
  const read = (path, limit) => (statSync(path).size > limit ? Buffer.alloc(limit + 1) : readFileSync(path));
  return [read(pack, MAX.pack), { anchors: anchors.map((path) => read(path, MAX.anchor)), pins }];
}

const OPTIONS = {
  anchor: { type: "string", multiple: true }, key: { type: "string", multiple: true }, json: { type: "boolean" }, batch: { type: "string" },
};

function main() {
  const { positionals: packs, values: { anchor: anchors, key: pins, json, batch } } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (packs.length !== (batch ? 0 : 1)) throw new Error("one pack, or one list");
  if (batch) {
    for (const item of JSON.parse(readFileSync(batch))) console.log(JSON.stringify(verify(...load(item))));
    return 0;
  }
  const found = conclude(...load({ pack: packs[0], anchors, pins }));
  for (const line of json ? [JSON.stringify(found.result)] : report(found)) console.log(printable(line));
  return { VALID: 0, INVALID: 1, NOT_ANCHORED: 3 }[found.result.verdict];
}

function isCalledDirectly() {
  try {
    return realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

if (isCalledDirectly()) {
  try {
    process.exitCode = main();
  } catch (error) {
    console.error(`usage: node verify_record.mjs PACK.zip [--anchor FILE]... [--key VKEY]... [--json]\n${error.message}`);
    process.exitCode = 2;
  }
}
