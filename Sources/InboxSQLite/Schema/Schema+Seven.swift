extension Schema.Version {
    /// When each job was first handed out, which its handler gets as its `context.now` in every run. Jobs from before
    /// begin with their next run. `pauses` keeps which handlers are left alone.
    static let seven = Schema.Version(
        number: 7,
        sql: """
            ALTER TABLE jobs ADD COLUMN began_at INTEGER;
            ALTER TABLE outcomes ADD COLUMN began_at INTEGER;
            CREATE TABLE pauses (
              handler TEXT NOT NULL PRIMARY KEY,
              fingerprint TEXT NOT NULL,
              since INTEGER NOT NULL
            ) WITHOUT ROWID;
            """)
}
