extension Schema.Version {
    /// What the questions of a job were answered. `answer` holds customers' data and is read and written by
    /// `StoredAnswer` alone. Found by its job, of which there are few rows.
    static let four = Schema.Version(
        number: 4,
        sql: """
            CREATE TABLE steps (
              id INTEGER PRIMARY KEY,
              job INTEGER NOT NULL,
              name TEXT NOT NULL,
              occurrence INTEGER NOT NULL,
              digest BLOB NOT NULL,
              answer BLOB NOT NULL,
              model TEXT NOT NULL,
              at INTEGER NOT NULL,
              UNIQUE (job, name, occurrence)
            );
            ALTER TABLE calls ADD COLUMN journal TEXT;
            """)
}
