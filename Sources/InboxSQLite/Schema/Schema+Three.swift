import GRDB
import InboxCore

extension Schema.Version {
    /// What queueing needs: the shop and the resource of a job, its place in its lane, priority, and its failures kept
    /// apart. SQLite cannot change a CHECK, so `jobs` and `outcomes` are made anew.
    ///
    /// The partial indexes hold the few rows that each question is about, so that no answer costs more with the
    /// backlog.
    static let three = Schema.Version(
        number: 3,
        sql: """
            INSERT INTO meta VALUES ('skipped', 0);
            ALTER TABLE deliveries ADD COLUMN resource TEXT;
            ALTER TABLE deliveries ADD COLUMN version INTEGER;

            -- The newest version of each resource under each topic, so that an older one is known when it comes late.
            -- A newer one moves to the end: the oldest are found without an index on time.
            CREATE TABLE newest_versions (
              seq INTEGER PRIMARY KEY,
              shop TEXT NOT NULL,
              resource TEXT NOT NULL,
              topic TEXT NOT NULL,
              version INTEGER NOT NULL,
              seen_at INTEGER NOT NULL,
              UNIQUE (resource, topic, shop)
            );

            CREATE TABLE new_jobs (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              delivery INTEGER NOT NULL REFERENCES deliveries(seq),
              handler TEXT NOT NULL,
              shop TEXT NOT NULL,
              topic TEXT NOT NULL,
              resource TEXT,
              version INTEGER,
              priority INTEGER NOT NULL,
              place TEXT NOT NULL CHECK (place IN ('free', 'head', 'behind')),
              blocks_until INTEGER,
              coalesces_until INTEGER,
              state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'waiting', 'held')),
              due_at INTEGER CHECK ((due_at IS NOT NULL) = (state IN ('running', 'waiting'))),
              reason TEXT,
              lease_token INTEGER,
              lease_epoch INTEGER,
              attempts INTEGER NOT NULL,
              waits INTEGER NOT NULL,
              crashes INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              fingerprint TEXT,
              failed_at INTEGER,
              UNIQUE (delivery, handler)
            );
            INSERT INTO new_jobs
            SELECT jobs.id, delivery, handler, deliveries.shop, deliveries.topic, NULL, NULL, 5, 'free', NULL, NULL, state,
              due_at, reason, lease_token, lease_epoch, attempts, 0, 0, cost, NULL, NULL
            FROM jobs JOIN deliveries ON deliveries.seq = jobs.delivery;
            -- Ids go on where they were: those of finished jobs must not be given again.
            DELETE FROM sqlite_sequence WHERE name = 'new_jobs';
            INSERT INTO sqlite_sequence (name, seq) SELECT 'new_jobs', seq FROM sqlite_sequence WHERE name = 'jobs';
            DROP TABLE jobs;
            ALTER TABLE new_jobs RENAME TO jobs;
            CREATE INDEX jobs_by_state ON jobs(state);
            CREATE INDEX jobs_by_due ON jobs(due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX jobs_ready ON jobs(handler, shop, priority DESC, id)
              WHERE state = 'ready' AND place <> 'behind' AND crashes < 2;
            CREATE INDEX jobs_suspect ON jobs(handler, id)
              WHERE state = 'ready' AND place <> 'behind' AND crashes >= 2;
            CREATE INDEX jobs_suspect_running ON jobs(id) WHERE state = 'running' AND crashes >= 2;
            CREATE UNIQUE INDEX jobs_head ON jobs(shop, resource, handler) WHERE place = 'head';
            CREATE INDEX jobs_behind ON jobs(shop, resource, handler, id) WHERE place = 'behind';
            CREATE UNIQUE INDEX jobs_coalescing ON jobs(shop, resource, handler, topic)
              WHERE coalesces_until IS NOT NULL;
            CREATE INDEX jobs_blocking ON jobs(blocks_until)
              WHERE place = 'head' AND state = 'waiting' AND blocks_until IS NOT NULL;
            CREATE INDEX jobs_failed ON jobs(fingerprint, failed_at) WHERE failed_at IS NOT NULL;

            CREATE TABLE new_outcomes (
              job INTEGER PRIMARY KEY,
              delivery INTEGER NOT NULL REFERENCES deliveries(seq),
              handler TEXT NOT NULL,
              priority INTEGER NOT NULL,
              state TEXT NOT NULL CHECK (state IN ('done', 'skipped', 'dead')),
              reason TEXT,
              attempts INTEGER NOT NULL,
              waits INTEGER NOT NULL,
              crashes INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              started_at INTEGER NOT NULL,
              finished_at INTEGER NOT NULL,
              fingerprint TEXT,
              covered_by INTEGER REFERENCES deliveries(seq)
            );
            INSERT INTO new_outcomes
            SELECT job, delivery, handler, 5, state, reason, attempts, 0, 0, cost, started_at, finished_at, NULL, NULL
            FROM outcomes;
            DROP TABLE outcomes;
            ALTER TABLE new_outcomes RENAME TO outcomes;
            CREATE INDEX outcomes_by_delivery ON outcomes(delivery);
            CREATE INDEX outcomes_dead ON outcomes(job) WHERE state = 'dead';
            CREATE INDEX outcomes_skipped ON outcomes(job) WHERE state = 'skipped';
            CREATE INDEX outcomes_failed ON outcomes(fingerprint, finished_at) WHERE state = 'dead';
            CREATE INDEX outcomes_covered ON outcomes(covered_by) WHERE covered_by IS NOT NULL;
            """,
        then: { try nameUntoldFailures($0) })

    /// What died before fingerprints were kept shall be found in a group all the same.
    private static func nameUntoldFailures(_ db: Database) throws {
        let dead = "SELECT DISTINCT handler FROM outcomes WHERE state = 'dead'"
        for handler in try String.fetchAll(db, sql: dead) {
            try db.execute(
                sql: "UPDATE outcomes SET fingerprint = ? WHERE state = 'dead' AND handler = ?",
                arguments: [ErrorFingerprint.untold(of: handler).text, handler])
        }
    }
}
