extension Schema.Version {
    /// `jobs` is the hot table: it holds what still moves or waits for a person, and no payload, so that claiming and
    /// counting cost the same whatever the history. Times are microseconds since 1970, money is nano-dollars.
    static let one = Schema.Version(
        number: 1,
        sql: """
            CREATE TABLE meta (
              key TEXT NOT NULL PRIMARY KEY,
              value INTEGER NOT NULL
            ) WITHOUT ROWID;
            INSERT INTO meta VALUES ('epoch', 0), ('deliveries', 0), ('duplicates', 0), ('done', 0), ('dead', 0);

            CREATE TABLE deliveries (
              seq INTEGER PRIMARY KEY,
              id BLOB NOT NULL UNIQUE,
              sender TEXT NOT NULL,
              shop TEXT NOT NULL,
              topic TEXT NOT NULL,
              webhook_id TEXT NOT NULL,
              event_id TEXT,
              api_version TEXT,
              triggered_at INTEGER,
              received_at INTEGER NOT NULL,
              body_hash BLOB NOT NULL,
              body_bytes INTEGER NOT NULL,
              duplicates INTEGER NOT NULL DEFAULT 0
            );

            CREATE TABLE bodies (
              delivery INTEGER PRIMARY KEY REFERENCES deliveries(seq),
              headers TEXT NOT NULL,
              encoding TEXT NOT NULL,
              content BLOB NOT NULL
            );

            -- The keys of de-duplication live here alone, so that they outlive what they stand for. In order of
            -- arrival, so that the oldest are found without an index on time.
            CREATE TABLE seen_ids (
              seq INTEGER PRIMARY KEY,
              kind TEXT NOT NULL,
              sender TEXT NOT NULL,
              shop TEXT NOT NULL,
              id TEXT NOT NULL,
              topic TEXT NOT NULL,
              body_hash BLOB NOT NULL,
              delivery BLOB NOT NULL,
              seen_at INTEGER NOT NULL,
              UNIQUE (id, kind, shop, sender, topic, body_hash)
            );

            CREATE TABLE jobs (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              delivery INTEGER NOT NULL REFERENCES deliveries(seq),
              handler TEXT NOT NULL,
              state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'waiting', 'held')),
              due_at INTEGER CHECK ((due_at IS NOT NULL) = (state IN ('running', 'waiting'))),
              reason TEXT,
              lease_token INTEGER,
              lease_epoch INTEGER,
              attempts INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              UNIQUE (delivery, handler)
            );
            CREATE INDEX jobs_by_state ON jobs(state);
            CREATE INDEX jobs_by_due ON jobs(due_at) WHERE due_at IS NOT NULL;

            CREATE TABLE outcomes (
              job INTEGER PRIMARY KEY,
              delivery INTEGER NOT NULL REFERENCES deliveries(seq),
              handler TEXT NOT NULL,
              state TEXT NOT NULL CHECK (state IN ('done', 'dead')),
              reason TEXT,
              attempts INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              started_at INTEGER NOT NULL,
              finished_at INTEGER NOT NULL
            );
            CREATE INDEX outcomes_by_delivery ON outcomes(delivery);
            CREATE INDEX outcomes_dead ON outcomes(job) WHERE state = 'dead';

            CREATE TABLE calls (
              id INTEGER PRIMARY KEY,
              job INTEGER NOT NULL,
              step TEXT NOT NULL,
              routing_class TEXT NOT NULL,
              task TEXT NOT NULL,
              model TEXT,
              is_fallback INTEGER NOT NULL,
              attempts TEXT NOT NULL,
              started_at INTEGER NOT NULL,
              milliseconds INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              unknown_costs INTEGER NOT NULL,
              premium_cost INTEGER,
              prompt_tokens INTEGER NOT NULL,
              completion_tokens INTEGER NOT NULL
            );
            CREATE INDEX calls_by_job ON calls(job);

            CREATE TABLE effects (
              job INTEGER NOT NULL,
              position INTEGER NOT NULL,
              key TEXT NOT NULL UNIQUE,
              effect TEXT NOT NULL,
              state TEXT NOT NULL,
              PRIMARY KEY (job, position)
            ) WITHOUT ROWID;
            """)
}
