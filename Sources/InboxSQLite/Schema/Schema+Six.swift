extension Schema.Version {
    /// Privacy. `subjects` says which deliveries concern whom, by keyed digests; it is filled behind the accept path,
    /// up to `meta.indexed`. `erasures` is the proof of what was erased and names nobody.
    static let six = Schema.Version(
        number: 6,
        sql: """
            ALTER TABLE deliveries ADD COLUMN gone TEXT CHECK (gone IN ('erased', 'expired'));
            INSERT INTO meta VALUES
              ('indexed', 0),
              ('sealed_with', 0), ('resealing', 0), ('unsealable', 0),
              ('resealed_bodies', 0), ('resealed_effects', 0), ('resealed_steps', 0);

            CREATE TABLE subject_salt (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              value BLOB NOT NULL
            );
            INSERT INTO subject_salt VALUES (1, randomblob(32));

            CREATE TABLE subjects (
              shop INTEGER NOT NULL,
              subject BLOB NOT NULL,
              delivery INTEGER NOT NULL,
              PRIMARY KEY (shop, subject, delivery)
            ) WITHOUT ROWID;
            CREATE INDEX subjects_by_delivery ON subjects(delivery);

            -- Whom a request under way is about.
            CREATE TABLE request_subjects (
              request BLOB NOT NULL,
              subject BLOB NOT NULL,
              PRIMARY KEY (request, subject)
            ) WITHOUT ROWID;

            CREATE TABLE erasures (
              seq INTEGER PRIMARY KEY,
              id BLOB NOT NULL UNIQUE,
              kind TEXT NOT NULL,
              subject BLOB NOT NULL,
              webhook_id TEXT NOT NULL,
              requested_at INTEGER NOT NULL,
              finished_at INTEGER,
              counts TEXT NOT NULL
            );

            CREATE TABLE data_requests (
              seq INTEGER PRIMARY KEY,
              id BLOB NOT NULL UNIQUE,
              shop TEXT NOT NULL,
              subjects TEXT NOT NULL,
              requested_at INTEGER NOT NULL,
              made_at INTEGER
            );
            CREATE TABLE exports (
              id TEXT NOT NULL PRIMARY KEY,
              request BLOB NOT NULL,
              bytes INTEGER NOT NULL,
              expires_at INTEGER NOT NULL,
              opened_at INTEGER
            ) WITHOUT ROWID;

            -- Shops that have removed the app, until a webhook of theirs shows that it is back.
            CREATE TABLE absent_shops (
              shop TEXT NOT NULL PRIMARY KEY,
              since INTEGER NOT NULL
            ) WITHOUT ROWID;
            """)
}
