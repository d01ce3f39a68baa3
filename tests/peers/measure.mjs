// What other servers take for the answers that `load-test reads` asks of Remit, over the same register: a hand-written batch
// of prepared SQL statements, and PostGraphile. Both are asked over plain tables in PostgreSQL, on this machine, whose
// processes are looked up in /proc.
//
//   remit export --format csv EXPORT
//   node measure.mjs EXPORT postgres://USER@HOST/DATABASE [REQUESTS]
//
// It fills a schema called `peer` of that database, in place of one that is there. Printed is the processor's time for an
// answer, user and system, in µs: of PostgreSQL alone, and with the process that asks it. For the statements that one only
// reads the rows; nobody makes JSON of them or sends it on.

import { spawn } from "node:child_process";
import { createReadStream, readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

const CONNECTIONS = 16;
const PORT = 5055;
/** How many things each operation is asked of, in turn. */
const CHOSEN = 200;

/** The columns that the answers need, of the tables that an export has. */
const TABLES = {
  party: { id: "uuid primary key", name: "text not null", kind: "text not null" },
  plan: { id: "uuid primary key", code: "text not null", title: "text not null" },
  task: {
    id: "uuid primary key", plan_id: "uuid not null references plan", title: "text not null",
    position: "int not null", status: "text", valid_from: "date", valid_to: "date",
  },
  assignment: {
    id: "uuid primary key", task_id: "uuid not null references task", party_id: "uuid not null references party",
    role: "text not null", basis: "text not null", position: "int not null", valid_from: "date", valid_to: "date",
  },
};

const INDEXES = [
  "create index on task (plan_id, position)",
  "create index on assignment (task_id, position)",
  "create index on assignment (party_id, id)",
];

const VALID = (table) =>
  `(${table}.valid_from is null or ${table}.valid_from <= current_date)` +
  ` and (${table}.valid_to is null or ${table}.valid_to > current_date)`;

/** The statements of each answer; the second ones take what the first ones found. */
const BATCHES = {
  q1: async (ask, id) => {
    await ask("q1 task", `select task.id, task.title, status, plan.id, plan.title from task join plan on plan.id = plan_id
      where task.id = $1`, [id]);
    await ask("q1 parties", `select assignment.id, role, basis, party.id, name, kind from assignment
      join party on party.id = party_id where task_id = $1 and ${VALID("assignment")} order by position`, [id]);
  },
  q2: async (ask, id) => {
    await ask("q2 plan", "select id, title from plan where id = $1", [id]);
    const tasks = await ask("q2 tasks", `select id, title, status from task
      where plan_id = $1 and ${VALID("task")} order by position limit 51`, [id]);
    await ask("q2 parties", `select task_id, role, basis, party.id, name from assignment join party on party.id = party_id
      where task_id = any($1) and ${VALID("assignment")} order by task_id, position`, [tasks.map(([task]) => task)]);
  },
  q3: async (ask, id) => {
    await ask("q3 party", "select id, name, kind from party where id = $1", [id]);
    await ask("q3 tasks", `select assignment.id, role, basis, assignment.valid_from, task.id, task.title, status, plan.id,
        plan.title from assignment join task on task.id = task_id join plan on plan.id = plan_id
      where party_id = $1 and ${VALID("assignment")} order by assignment.id limit 101`, [id]);
  },
  q4: async (ask, id) => {
    await ask("q4 plan", "select id, title from plan where id = $1", [id]);
    const tasks = await ask("q4 tasks", `select id, title from task where plan_id = $1 and ${VALID("task")}
      order by position`, [id]);
    await ask("q4 cells", `select task_id, role, party.id, name, kind from assignment join party on party.id = party_id
      where task_id = any($1) and ${VALID("assignment")} order by task_id, position`, [tasks.map(([task]) => task)]);
  },
  q6: async (ask, id) => {
    await ask("q6 tasks", `select task.id, task.title, status, plan.id, plan.title from task join plan on plan.id = plan_id
      where task.id > $1 and ${VALID("task")} order by task.id limit 51`, [id]);
  },
};

/** The same for PostGraphile, as near as its schema comes: it knows no day, and a matrix is the list of its cells. */
const DOCUMENTS = {
  q1: `query ($id: UUID!) { task(id: $id) { id title status plan { id title }
    assignments { nodes { id role basis party { id name kind } } } } }`,
  q2: `query ($id: UUID!) { plan(id: $id) { id title tasks(first: 50, orderBy: POSITION_ASC) {
    pageInfo { hasNextPage endCursor }
    nodes { id title status assignments { nodes { role basis party { id name } } } } } } }`,
  q3: `query ($id: UUID!) { party(id: $id) { id name kind assignments(first: 100) { pageInfo { hasNextPage endCursor }
    nodes { id role basis validFrom task { id title status plan { id title } } } } } }`,
  q4: `query ($id: UUID!) { plan(id: $id) { id title tasks(orderBy: POSITION_ASC) {
    nodes { id title assignments { nodes { role party { id name kind } } } } } } }`,
  q6: `query ($after: Cursor!) { tasks(first: 50, after: $after, orderBy: PRIMARY_KEY_ASC) {
    pageInfo { hasNextPage endCursor } nodes { id title status plan { id title } } } }`,
};

const TASKS = "select id from task order by id";
const PLANS = "select plan_id as id from task group by plan_id having count(*) between 46 and 54 order by plan_id";

/** What each operation is asked of: plans of about 50 tasks, busy parties, places all over the register. */
const CHOICES = {
  q1: TASKS,
  q2: PLANS,
  q3: "select party_id as id from assignment group by party_id having count(*) >= 100 order by count(*) desc",
  q4: PLANS,
  q6: TASKS,
};

async function fill(database, folder) {
  await database.query("drop schema if exists peer cascade; create schema peer");
  for (const [table, columns] of Object.entries(TABLES)) {
    const file = join(folder, `${table}.csv`);
    const header = readFileSync(file, "utf8").split(/\r?\n/, 1)[0].replace("\ufeff", "");
    const given = header.split(",").map((column) => `"${column}" text`);
    await database.query(`create temp table given_${table} (${given})`);
    const copy = database.query(copyFrom(`copy given_${table} from stdin with (format csv, header)`));
    await pipeline(createReadStream(file), copy);
    const names = Object.keys(columns);
    const typed = names.map((name) => `nullif("${name}", '')::${columns[name].split(" ", 1)[0]}`);
    await database.query(`create table ${table} (${names.map((name) => `${name} ${columns[name]}`)})`);
    await database.query(`insert into ${table} select ${typed} from given_${table}`);
  }
  for (const index of INDEXES) {
    await database.query(index);
  }
  await database.query("analyze");
}

async function choose(database) {
  const chosen = {};
  for (const [name, query] of Object.entries(CHOICES)) {
    const ids = (await database.query(query)).rows.map((row) => row.id);
    if (ids.length === 0) {
      throw new Error(`${name} finds nothing to ask about in this register`);
    }
    const step = Math.max(1, Math.floor(ids.length / CHOSEN));
    chosen[name] = ids.filter((_, place) => place % step === 0).slice(0, CHOSEN);
  }
  return chosen;
}

/** Seconds of the processor's time that a process has taken (proc(5): fields 14 and 15, in hundredths). */
function taken(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The same of those processes of PostgreSQL that serve an application, and with them of the application's own. */
async function cpu(database, application, pid) {
  const serving = await database.query("select pid from pg_stat_activity where application_name = $1", [application]);
  const inDatabase = serving.rows.reduce((sum, row) => sum + taken(row.pid), 0);
  return [inDatabase, inDatabase + taken(pid)];
}

/** Asks so many times over all connections, each in turn of another thing. */
async function ask(requests, ids, answer) {
  let next = 0;
  const asking = Array.from({ length: CONNECTIONS }, async (_, connection) => {
    while (next < requests) {
      const place = next++;
      await answer(connection, ids[place % ids.length]);
    }
  });
  await Promise.all(asking);
}

async function measure(what, database, chosen, requests, application, pid, answers) {
  for (const [name, ids] of Object.entries(chosen)) {
    await ask(CONNECTIONS * 20, ids, answers(name));
    const before = await cpu(database, application, pid);
    await ask(requests, ids, answers(name));
    const after = await cpu(database, application, pid);
    const [inDatabase, all] = after.map((seconds, place) => Math.round(((seconds - before[place]) / requests) * 1e6));
    console.log(`${what}\t${name}\t${inDatabase}\t${all}`);
  }
}

function named(url, application) {
  const named = new URL(url);
  named.searchParams.set("application_name", application);
  named.searchParams.set("options", "-c search_path=peer");
  return named.toString();
}

async function throughSql(url, database, chosen, requests) {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client(named(url, "peer-sql")));
  await Promise.all(clients.map((client) => client.connect()));
  const answers = (name) => (connection, id) => {
    const query = async (statement, text, values) =>
      (await clients[connection].query({ name: statement, text, values, rowMode: "array" })).rows;
    return BATCHES[name](query, id);
  };
  await measure("SQL", database, chosen, requests, "peer-sql", process.pid, answers);
  await Promise.all(clients.map((client) => client.end()));
}

async function throughPostGraphile(url, database, chosen, requests) {
  const served = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve", named(url, "peer-postgraphile")], {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  try {
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const post = (body) =>
      new Promise((resolve, reject) => {
        const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
        const request = http.request({ port: PORT, path: "/graphql", method: "POST", agent, headers }, (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.on("end", () => resolve(Buffer.concat(parts)));
        });
        request.on("error", reject);
        request.end(body);
      });
    const answers = (name) => async (_, id) => {
      const after = Buffer.from(JSON.stringify(["primary_key_asc", [id]])).toString("base64");
      const variables = name === "q6" ? { after } : { id };
      const answer = await post(JSON.stringify({ query: DOCUMENTS[name], variables }));
      if (answer.includes('"errors"')) {
        throw new Error(answer.toString());
      }
    };
    for (let attempt = 0; ; attempt++) {
      try {
        await answers("q1")(0, chosen.q1[0]);
        break;
      } catch (error) {
        if (attempt === 100 || served.exitCode !== null) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
    await measure("PostGraphile", database, chosen, requests, "peer-postgraphile", served.pid, answers);
    agent.destroy();
  } finally {
    served.kill();
  }
}

/** PostGraphile as its documentation has it for production. */
async function serve(url) {
  const { postgraphile } = await import("postgraphile");
  const { default: simplify } = await import("@graphile-contrib/pg-simplify-inflector");
  const handler = postgraphile(url, "peer", {
    appendPlugins: [simplify],
    disableQueryLog: true,
    dynamicJson: true,
    legacyRelations: "omit",
    retryOnInitFail: false,
    setofFunctionsContainNulls: false,
  });
  http.createServer(handler).listen(PORT, "127.0.0.1");
}

const [first, url, requests = "2000"] = process.argv.slice(2);
if (!first || !url) {
  console.error("usage: node measure.mjs EXPORT postgres://USER@HOST/DATABASE [REQUESTS]");
  process.exitCode = 2;
} else if (first === "serve") {
  await serve(url);
} else {
  const database = new pg.Client(named(url, "peer"));
  await database.connect();
  await fill(database, first);
  const chosen = await choose(database);
  console.log("through\tanswer\tdatabase µs\tall µs");
  await throughSql(url, database, chosen, Number(requests));
  await throughPostGraphile(url, database, chosen, Number(requests));
  await database.end();
}
