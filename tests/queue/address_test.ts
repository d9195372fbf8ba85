import assert from "node:assert/strict";
import { queueAddress } from "popagent/adapters/queue/queue_address.ts";
import { s3Place } from "popagent/adapters/queue/shared_s3.ts";

const none = () => undefined;
const env = (values: Record<string, string>) => (name: string) => values[name];

Deno.test("an address names server, port and database; what is secret comes from the environment and is not shown", () => {
  assert.deepEqual(queueAddress("redis://lab", none), {
    host: "lab",
    port: 6379,
    db: 0,
    shown: "redis://lab:6379",
  });
  const secret = env({
    POPAGENT_REDIS_PASSWORD: "s3cret",
    POPAGENT_REDIS_USER: "me",
    POPAGENT_REDIS_CA: "PEM",
  });
  const read = queueAddress("rediss://lab.example.org:7000/3", secret);
  assert.deepEqual(read, {
    host: "lab.example.org",
    port: 7000,
    db: 3,
    username: "me",
    password: "s3cret",
    tls: { ca: "PEM" },
    shown: "rediss://lab.example.org:7000/3",
  });
  assert.equal(queueAddress("redis://[::1]:7", none).host, "::1");
});

Deno.test("an address with a password is refused without repeating it, and so is what is none", () => {
  assert.throws(() => queueAddress("redis://me:s3cret@lab", none), (error: Error) => {
    assert.match(error.message, /no password, which others could see: set POPAGENT_REDIS_PASSWORD/);
    assert.doesNotMatch(error.message, /s3cret/);
    return true;
  });
  for (
    const wrong of [
      "",
      "lab:6379",
      "http://lab",
      "redis://",
      "redis://lab/queue",
      "redis://lab/16",
      "redis://lab?x=1",
    ]
  ) {
    assert.throws(
      () => queueAddress(wrong, none),
      /Cannot read --queue as .* Write redis:\/\/host:6379/,
      wrong,
    );
  }
});

Deno.test("a bucket is read from its address, its keys from the environment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" };
  assert.equal(s3Place("data/shared", none), null);
  const here = env({ ...keys, AWS_ENDPOINT_URL: "http://127.0.0.1:9000/", AWS_REGION: "eu-1" });
  assert.equal(s3Place("s3://lab-cells/popagent", here)!.url, "http://127.0.0.1:9000/lab-cells/popagent");
  assert.equal(s3Place("s3://lab-cells", env(keys))!.url, "https://s3.us-east-1.amazonaws.com/lab-cells");
  assert.throws(() => s3Place("s3://lab-cells", none), /set AWS_ACCESS_KEY_ID/);
  assert.throws(() => s3Place("s3://lab-cells/../x", env(keys)), /must be s3:\/\/bucket\/path/);
});
