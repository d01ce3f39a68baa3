// Prints what each audit of the package `graphql-http` finds at a GraphQL address, and fails unless all pass.

import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
if (!url) {
  console.error("usage: node audit.mjs URL");
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  if (result.status === "ok") {
    passed += 1;
    console.log(`pass ${audit.id} ${audit.name}`);
  } else {
    // "notice" is a MAY, "warn" a SHOULD, "error" a MUST; here all of them have to hold.
    failed += 1;
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
