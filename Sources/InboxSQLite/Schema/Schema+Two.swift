extension Schema.Version {
    /// What models cost: one row for each request, by the day in which it was reserved. The indexes are partial where
    /// few rows matter, so that what is open is found whatever the history.
    static let two = Schema.Version(
        number: 2,
        sql: """
            CREATE TABLE ledger (
              seq INTEGER PRIMARY KEY,
              id BLOB NOT NULL UNIQUE,
              day INTEGER NOT NULL,
              at INTEGER NOT NULL,
              provider TEXT NOT NULL,
              model TEXT NOT NULL,
              task TEXT NOT NULL,
              labels TEXT NOT NULL,
              reference TEXT,
              reserved INTEGER,
              state TEXT NOT NULL CHECK (state IN ('reserved', 'billed', 'estimated', 'none', 'unknown')),
              cost INTEGER CHECK ((cost IS NULL) = (state IN ('reserved', 'unknown'))),
              generation TEXT,
              prompt_tokens INTEGER,
              completion_tokens INTEGER,
              cached_tokens INTEGER,
              accepted INTEGER NOT NULL DEFAULT 0,
              epoch INTEGER NOT NULL
            );
            CREATE INDEX ledger_by_day ON ledger(day);
            CREATE INDEX ledger_reserved ON ledger(state) WHERE state = 'reserved';
            CREATE INDEX ledger_unknown ON ledger(state) WHERE state = 'unknown' AND generation IS NOT NULL;
            """)
}
